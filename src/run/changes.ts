import type { StorePathInfo } from '../nix/registration.ts';
import { compareClosures } from '../report/changes.ts';
import { describeChanges } from '../report/changes-text.ts';
import type { ChangesReport } from '../report/report.ts';
import type { Context } from './context.ts';

/** Compares the closure with that of an earlier image, and tells it; `undefined` where none was named. */
export function tellChanges({ baseline, log }: Context, closure: readonly StorePathInfo[]): ChangesReport | undefined {
  if (baseline === undefined) {
    return undefined;
  }
  const now = closure.map(({ path, size }) => ({ path, narSize: size }));
  const changes = compareClosures(baseline.storePaths, now);
  for (const line of describeChanges(changes, baseline.name)) {
    log.info(line);
  }
  return { baseline: baseline.name, changes };
}
