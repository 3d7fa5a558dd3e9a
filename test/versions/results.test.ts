import { describe, expect, it } from 'vitest';
import { countTests, formatResults, isGood, type SuiteResult } from './results.ts';

const tools = { suite: 'trixie', directory: '/bin', nix: '2.26.3', e2fsprogs: '1.47.2' };
const result: SuiteResult = { tools, passed: 450, failed: 0, seconds: 61.4 };

describe('the results of a run', () => {
  const report = { numPassedTests: 3, numFailedTests: 1, testResults: [{ status: 'passed', assertionResults: [1] }] };

  it('count tests, and files that cannot be loaded', () => {
    expect(countTests(JSON.stringify(report))).toEqual({ passed: 3, failed: 1 });
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(JSON.stringify(broken))).toEqual({ passed: 3, failed: 2 });
    expect(countTests('')).toEqual({ passed: 0, failed: 1 });
  });

  it('are good if tests passed and none failed', () => {
    expect(isGood(result)).toBe(true);
    expect(isGood({ passed: 450, failed: 1 })).toBe(false);
    expect(isGood({ passed: 0, failed: 0 })).toBe(false);
  });

  it('are shown in a table', () => {
    expect(formatResults([result])).toBe(`\
| Debian | Nix    | e2fsprogs | passed | failed | time |
|--------|--------|-----------|--------|--------|------|
| trixie | 2.26.3 | 1.47.2    | 450    | 0      | 61 s |`);
  });
});
