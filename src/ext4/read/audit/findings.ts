import { isFormatError } from '../format-error.ts';

/** What an audit looks at; a finding names the one that failed. */
export type AuditCheck =
  | 'superblock'
  | 'padding'
  | 'superblock-copy'
  | 'descriptor-copy'
  | 'resize-inode'
  | 'journal'
  | 'group'
  | 'count'
  | 'inode-bitmap'
  | 'block-bitmap'
  | 'reserved-inode'
  | 'unused-inode'
  | 'inode'
  | 'ownership'
  | 'extent-tree'
  | 'directory'
  | 'tail'
  | 'free-block';

/** One fault of an image, in a sentence that says where, what was expected and what was found. */
export interface AuditFinding {
  readonly check: AuditCheck;
  readonly message: string;
}

/** Takes what the checks of an audit find. */
export interface Findings {
  report(check: AuditCheck, message: string): void;
  /** Runs a check; a format error that ends it is a finding of that check. */
  attempt(check: AuditCheck, run: () => void): void;
  /** All that was found, for each check its first faults and how many more there were. */
  list(): readonly AuditFinding[];
}

/** Faults kept of each check: one wrong table must not fill the memory. */
const KEPT = 10;

/** Makes an empty collection of findings. */
export function collectFindings(): Findings {
  const kept: AuditFinding[] = [];
  const counts = new Map<AuditCheck, number>();
  const report = (check: AuditCheck, message: string): void => {
    const count = (counts.get(check) ?? 0) + 1;
    counts.set(check, count);
    if (count <= KEPT) {
      kept.push({ check, message: `${check.replace('-', ' ')}: ${message}` });
    }
  };
  return {
    report,
    attempt(check, run) {
      try {
        run();
      } catch (error) {
        if (!isFormatError(error)) {
          throw error;
        }
        report(check, error.message);
      }
    },
    list() {
      const more = [...counts].filter(([, count]) => count > KEPT);
      return [
        ...kept,
        ...more.map(([check, count]) => ({
          check,
          message: `${check.replace('-', ' ')}: ${count - KEPT} more faults`,
        })),
      ];
    },
  };
}
