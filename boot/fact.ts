/** What was shown, for the table at the end: what it is about, and what was found. */
export type Fact = readonly [what: string, found: string];

/** A table of facts, in two columns. */
export function formatFacts(facts: readonly Fact[]): string {
  const width = Math.max(...facts.map(([what]) => what.length));
  return facts.map(([what, found]) => `${what.padEnd(width)}  ${found}`).join('\n');
}
