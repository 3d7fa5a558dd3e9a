import { printable } from '../text/printable.ts';
import type { Release, ReleaseApi } from './api.ts';
import { releaseError } from './error.ts';
import { type RetryOptions, withRetries } from './retry.ts';

/** The release of a tag, published or a draft; `undefined` if there is none. Throws a `ReleaseError`. */
export function findRelease(api: ReleaseApi, tag: string, options: RetryOptions): Promise<Release | undefined> {
  return withRetries(
    `look up the release ${printable(tag)}`,
    async () => {
      const release = (await api.findPublished(tag)) ?? (await api.findDrafts(tag)).at(0);
      if (release !== undefined) {
        refuseImmutable(release);
      }
      return release;
    },
    options,
  );
}

/**
 * The release of a tag, or a new draft with these notes. Jobs of a matrix may all find none and make one each, which
 * GitHub lets them: they agree on the oldest, and each deletes its own if that is another. Throws a `ReleaseError`.
 */
export function findOrCreate(api: ReleaseApi, tag: string, notes: string, options: RetryOptions): Promise<Release> {
  return withRetries(
    `create a draft of the release ${printable(tag)}`,
    async () => {
      const existing = await findRelease(api, tag, options);
      if (existing !== undefined) {
        return existing;
      }
      const own = await api.createDraft(tag, notes);
      const [oldest = own] = await api.findDrafts(tag);
      if (oldest.id >= own.id) {
        return own;
      }
      await api.deleteDraft(own);
      return oldest;
    },
    options,
  );
}

function refuseImmutable(release: Release): void {
  if (!release.isImmutable) {
    return;
  }
  throw releaseError(
    'IMMUTABLE',
    `The release ${printable(release.tag)} has been published, and is immutable: no file can be attached any more.`,
    'Attach files while the release is a draft: push the tag, let this action create the draft, and publish it then.',
  );
}
