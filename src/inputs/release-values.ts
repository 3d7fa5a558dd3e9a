import type { ValueKind } from './values.ts';

/** Name of a tag, by the rules of git (git-check-ref-format); a dash in front would be taken for an option somewhere. */
export const releaseTag: ValueKind<string> = {
  accepted: 'the name of a tag as git takes it, such as v1.0',
  parse(text) {
    const parts = text.split('/');
    const isRight = parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
    const hasOthers = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|^-|\.$/u.test(text);
    return isRight && !hasOthers && Buffer.byteLength(text) <= LONGEST_TAG ? text : undefined;
  },
};

/** As a file of git's, with `.lock` after it, a name has 255 bytes at most. */
const LONGEST_TAG = 250;

/**
 * Name of an image that is attached to a release. GitHub puts dots in place of other characters, and takes away dots in
 * front: checksums would name a file that nobody has.
 */
export const releasedName: ValueKind<string> = {
  accepted: 'a name of letters, digits and -_+@ with single dots between, such as nixos-1.0.img',
  parse: (text) => (/^[A-Za-z0-9_]+[A-Za-z0-9\-_+@]*(\.[A-Za-z0-9\-_+@]+)*$/.test(text) ? text : undefined),
};
