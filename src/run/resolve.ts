import { queryClosure } from '../nix/closure.ts';
import { holdGarbageRoots } from '../nix/garbage-root.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { resolveStorePaths } from '../nix/resolve.ts';
import { formatCount } from '../text/count.ts';
import { formatSize } from '../text/size.ts';
import type { Context } from './context.ts';

/** The closure with what Nix registered of each path; held against garbage collection until the action ends. */
export function resolveClosure(context: Context): Promise<readonly StorePathInfo[]> {
  const { inputs, log, signal, system, temporaryDirectory, atEnd } = context;
  return log.phase('Resolve the closure', async () => {
    const wanted = system === undefined ? inputs.storePaths : [...inputs.storePaths, system.toplevel];
    const roots = await resolveStorePaths(wanted, { signal });
    const held = await holdGarbageRoots(roots, temporaryDirectory, { signal });
    atEnd(held.release);
    if (held.warning !== undefined) {
      log.detail(held.warning);
    }
    const closure = await queryClosure(roots, { signal });
    const narBytes = closure.reduce((sum, info) => sum + info.size, 0);
    if (system?.hasExtlinux === false) {
      log.warning(
        'The boot menu will not be updated',
        `${system.toplevel} does not use boot.loader.generic-extlinux-compatible: the image boots, but nixos-rebuild on the ` +
          'device will not update its menu. Enable it in the configuration.',
      );
    }
    if (system !== undefined && system.specialisations.length > 0) {
      log.info(`Not on the boot menu, but in the closure: specialisations ${system.specialisations.join(', ')}`);
    }
    log.info(`${formatCount(closure.length, 'store path')}, ${formatSize(narBytes)}`);
    return closure;
  });
}
