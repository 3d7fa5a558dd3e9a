import type { Baseline } from '../companions/baseline.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { compareClosures } from '../report/changes.ts';
import { listChanges } from '../report/changes-text.ts';
import type { ChangesReport } from '../report/report.ts';
import type { Log } from '../runner/log.ts';

/** Compares the closure with that of an earlier image, and logs the result; `undefined` if none was named. */
export function describeChanges({
  baseline,
  closure,
  log,
}: {
  readonly baseline: Baseline | undefined;
  readonly closure: readonly StorePathInfo[];
  readonly log: Log;
}): ChangesReport | undefined {
  if (baseline === undefined) {
    return undefined;
  }
  const now = closure.map(({ path, size }) => ({ path, narSize: size }));
  const changes = compareClosures(baseline.storePaths, now);
  for (const line of listChanges(changes, baseline.name)) {
    log.info(line);
  }
  return { baseline: baseline.name, changes };
}
