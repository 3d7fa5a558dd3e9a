import type { ReleaseConnection } from './api.ts';
import { withRetries } from './retry.ts';

/** Puts a section into the notes of a draft, as `withSection` does. Throws a `UserError` with a code. */
export function updateNotes(connection: ReleaseConnection, name: string, text: string): Promise<void> {
  const { api, release, log } = connection;
  const operation = { title: 'The release notes could not be changed', what: 'change the notes of the draft release' };
  return withRetries(
    operation,
    async () => {
      // Another job may have changed the notes since the draft was found, or the draft may have been published.
      const current = (await api.findDrafts(release.tag)).find(({ id }) => id === release.id);
      if (current === undefined) {
        return;
      }
      const notes = withSection(current.body, name, text);
      if (notes.length > LONGEST_NOTES) {
        log.info('The release notes are not changed: they would exceed the length that GitHub allows.');
      } else if (notes !== current.body) {
        await api.setBody(current, notes);
      }
    },
    connection,
  );
}

/** Characters that GitHub allows in the notes of a release. */
const LONGEST_NOTES = 125_000;

/**
 * Appends a section to the notes of a release, or replaces the section of the same name from an earlier run. Invisible
 * comments mark its start and end; everything around it stays.
 *
 * `name` must not end an HTML comment: no name of a release file does.
 */
export function withSection(notes: string, name: string, text: string): string {
  const [start, end] = [`<!-- start of ${name} -->`, `<!-- end of ${name} -->`];
  const section = `${start}\n${text.trim()}\n${end}`;
  const [from, to] = [notes.indexOf(start), notes.indexOf(end)];
  if (from >= 0 && to > from) {
    return notes.slice(0, from) + section + notes.slice(to + end.length);
  }
  return notes.trim() === '' ? `${section}\n` : `${notes.trimEnd()}\n\n${section}\n`;
}
