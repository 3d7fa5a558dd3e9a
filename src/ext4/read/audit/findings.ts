import { Ext4FormatError } from '../format-error.ts';

/** The checks of an audit. */
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

/** A fault of an image. */
export interface AuditFinding {
  readonly check: AuditCheck;
  /** Where it is, what was expected and what was found. */
  readonly message: string;
}

/** Collects the findings of an audit. */
export interface Findings {
  report(check: AuditCheck, message: string): void;
  /** Runs a check. If it throws an `Ext4FormatError`, that is a finding. */
  attempt(check: AuditCheck, run: () => void): void;
  /** All findings: the first ones of each check, and the number of further ones. */
  list(): readonly AuditFinding[];
}

/** The number of findings to keep of each check, so that one damaged table does not fill the memory. */
const KEPT = 10;

/** Creates an empty collection. */
export function collectFindings(): Findings {
  const kept: AuditFinding[] = [];
  const counts = new Map<AuditCheck, number>();
  const report = (check: AuditCheck, message: string): void => {
    const count = (counts.get(check) ?? 0) + 1;
    counts.set(check, count);
    if (count <= KEPT) {
      kept.push({ check, message: `${titleOf(check)}: ${message}` });
    }
  };
  return {
    report,
    attempt(check, run) {
      try {
        run();
      } catch (error) {
        if (!(error instanceof Ext4FormatError)) {
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
          message: `${titleOf(check)}: ${count - KEPT} more findings`,
        })),
      ];
    },
  };
}

function titleOf(check: AuditCheck): string {
  return check.replace('-', ' ');
}
