import { checkXz } from '../../image/frames/check-xz.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { checkNixStore } from '../../nix/nix-store.ts';
import { checkE2fsck, type E2fsck } from '../../verify/e2fsck.ts';

/** The programs that a run uses. */
export interface Tools {
  readonly e2fsck: E2fsck;
  readonly nixVersion: string;
}

/** Checks, before any work, that all programs that a run needs are there and can do what it needs. */
export async function checkTools({ compression }: Pick<Inputs, 'compression'>, signal: AbortSignal): Promise<Tools> {
  const tools = { nixVersion: await checkNixStore({ signal }), e2fsck: await checkE2fsck(signal) };
  if (compression === 'xz') {
    await checkXz(signal);
  }
  return tools;
}
