import type { Inputs } from '../inputs/inputs.ts';
import { queryClosure } from '../nix/closure.ts';
import { holdGarbageRoots } from '../nix/garbage-root.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { resolveStorePaths } from '../nix/resolve.ts';
import type { BootableSystem } from '../nixos/bootable.ts';
import type { Log } from '../runner/log.ts';
import { formatCount } from '../text/format.ts';
import { formatSize } from '../text/size.ts';
import type { Cleanup } from './cleanup.ts';

/** Resolves the closure with what Nix registered of each path, and holds it against garbage collection. */
export function resolveClosure({
  inputs,
  system,
  temporaryDirectory,
  log,
  signal,
  cleanup,
}: {
  readonly inputs: Pick<Inputs, 'storePaths'>;
  readonly system: BootableSystem | undefined;
  readonly temporaryDirectory: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly cleanup: Cleanup;
}): Promise<readonly StorePathInfo[]> {
  return log.phase('Resolve the closure', async () => {
    const wanted = system === undefined ? inputs.storePaths : [...inputs.storePaths, system.toplevel];
    const roots = await resolveStorePaths(wanted, { signal });
    const held = await holdGarbageRoots(roots, temporaryDirectory, { signal });
    cleanup.defer(held.release);
    if (held.warning !== undefined) {
      log.detail(held.warning);
    }
    const closure = await queryClosure(roots, { signal });
    if (system !== undefined) {
      logSystem(system, log);
    }
    const narBytes = closure.reduce((sum, info) => sum + info.size, 0);
    log.info(`${formatCount(closure.length, 'store path')}, ${formatSize(narBytes)}`);
    const unknown = closure.filter((info) => info.size === 0).length;
    if (unknown > 0) {
      log.info(`Nix does not know the size of ${formatCount(unknown, 'store path')}: it is computed from the files`);
    }
    return closure;
  });
}

function logSystem({ boot, specialisations }: BootableSystem, log: Log): void {
  for (const { title, text } of boot.notes) {
    if (title === undefined) {
      log.info(text);
    } else {
      log.warning(title, text);
    }
  }
  if (specialisations.length > 0) {
    log.info(`Not on the boot menu, but in the closure: specialisations ${specialisations.join(', ')}`);
  }
}
