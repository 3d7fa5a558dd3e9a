import type { SuiteTools } from './tools.ts';

/** How the tests went with the tools of one suite. */
export interface SuiteResult {
  readonly tools: SuiteTools;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

/** What is read of the JSON that vitest writes. */
interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Counts the tests in the JSON that vitest writes; an empty text, which a run that broke off leaves, is a failure. */
export function countTests(json: string): Pick<SuiteResult, 'passed' | 'failed'> {
  if (json === '') {
    return { passed: 0, failed: 1 };
  }
  const report: TestReport = JSON.parse(json);
  // A file that cannot be loaded has no tests that could fail.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** Whether the tests passed, and there were any. */
export function isGood({ passed, failed }: Pick<SuiteResult, 'passed' | 'failed'>): boolean {
  return failed === 0 && passed > 0;
}

/** A table of all results, in Markdown. */
export function formatResults(results: readonly SuiteResult[]): string {
  const rows = results.map(({ tools, passed, failed, seconds }) =>
    [tools.suite, tools.nix, tools.e2fsprogs, passed, failed, `${Math.round(seconds)} s`].map(String),
  );
  const table = [['Debian', 'Nix', 'e2fsprogs', 'passed', 'failed', 'time'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const [head, ...body] = table.map(line);
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n');
}
