/**
 * Puts a section into the notes of a release, at their end, or in the place of the section of that name that an earlier
 * run has put there. Comments that readers do not see mark where it begins and ends; what stands around it stays.
 *
 * `name` must not end a comment: that of a file which a release keeps cannot.
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
