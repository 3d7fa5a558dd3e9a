import { printable } from '../text/printable.ts';
import type { Connection, Release } from './api.ts';
import { immutableRelease } from './explain.ts';
import { withRetries } from './retry.ts';

/** The release of a tag, published or a draft; `undefined` if there is none. Throws a `UserError` with a code. */
export function findRelease(connection: Connection, tag: string): Promise<Release | undefined> {
  const { api } = connection;
  const operation = { title: 'The release could not be looked up', what: `look up the release ${printable(tag)}` };
  return withRetries(
    operation,
    async () => {
      const release = (await api.findPublished(tag)) ?? (await api.findDrafts(tag)).at(0);
      if (release?.isImmutable === true) {
        throw immutableRelease(tag);
      }
      return release;
    },
    connection,
  );
}

/**
 * The release of a tag, or a new draft with these notes. GitHub allows several drafts for one tag, so jobs of a matrix may
 * each create one: all of them use the oldest, and delete their own if it is another one. Throws a `UserError` with a
 * code.
 */
export function findOrCreate(connection: Connection, tag: string, notes: string): Promise<Release> {
  const { api } = connection;
  const operation = {
    title: 'The release could not be created',
    what: `create a draft of the release ${printable(tag)}`,
  };
  return withRetries(
    operation,
    async () => {
      const existing = await findRelease(connection, tag);
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
    connection,
  );
}
