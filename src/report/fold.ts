/** A part of a summary that is to be unfolded. Title and contents are HTML. */
export function fold(title: string, contents: string): string {
  return `<details><summary>${title}</summary>\n${contents}\n</details>`;
}
