import type { ValueKind } from './values.ts';

/**
 * Name of a tag by the rules of git-check-ref-format(1); a leading dash could be taken for an option. `github.ref` of a tag
 * stands for its name. Any other full name of a ref would become a tag of that name.
 */
export const releaseTag: ValueKind<string> = {
  accepted: `a valid git tag name, such as v1.0, or \${{ github.ref_name }} in a workflow that a tag started`,
  parse(ref) {
    const text = ref.replace(/^refs\/tags\//, '');
    if (text.startsWith('refs/')) {
      return undefined;
    }
    const parts = text.split('/');
    const isRight = parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
    const hasOthers = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|^-|\.$/u.test(text);
    return isRight && !hasOthers && Buffer.byteLength(text) <= LONGEST_TAG ? text : undefined;
  },
};

/** Git stores a tag in a file named `<tag>.lock` at times, and a file name has at most 255 bytes. */
const LONGEST_TAG = 250;

/**
 * Name of an image that is attached to a release. GitHub replaces other characters by dots and removes leading dots, so
 * that SHA256SUMS would name a file that does not exist.
 */
export const releasedName: ValueKind<string> = {
  accepted: 'a name of letters, digits and -_+@ with single dots between, such as nixos-1.0.img',
  parse: (text) => (/^[A-Za-z0-9_]+[A-Za-z0-9\-_+@]*(\.[A-Za-z0-9\-_+@]+)*$/.test(text) ? text : undefined),
};
