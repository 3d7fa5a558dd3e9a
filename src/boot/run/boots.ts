import { join } from 'node:path';
import { errorCode } from '../../errors/error-code.ts';
import type { Accelerator } from '../machine/accelerator.ts';
import { emulation } from '../machine/accelerator.ts';
import type { BootPlan } from '../plan.ts';
import { type Boot, bootOnce } from './boot.ts';
import type { BootGoal } from './watch.ts';

/** How often a card is booted, and how. */
export interface BootsOptions extends Pick<BootGoal, 'waitFor' | 'failOn' | 'timeout' | 'commands' | 'signal'> {
  readonly boots: number;
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
  readonly accelerator: Accelerator;
  /** The card is a file in it, `card`. */
  readonly directory: string;
  /** Runs one boot as a step of the log. */
  readonly step: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  readonly onLine: BootGoal['onLine'];
  /** Called with each boot that succeeded. */
  readonly onBoot: (boot: Boot) => void;
  /** Called when KVM has failed and emulation takes its place: writes the card anew. */
  readonly onKvmFailure: (accelerator: Accelerator) => Promise<void>;
}

/** Boots a card several times. If KVM fails, which a short test may not show, all boots are repeated with emulation. */
export async function bootCard(plan: BootPlan, options: BootsOptions): Promise<void> {
  try {
    await bootWith(options.accelerator, plan, options);
  } catch (error) {
    if (errorCode(error) !== 'KVM_FAILED') {
      throw error;
    }
    const accelerator = emulation('KVM failed while the system booted');
    await options.onKvmFailure(accelerator);
    await bootWith(accelerator, plan, options);
  }
}

async function bootWith({ name: accelerator }: Accelerator, plan: BootPlan, options: BootsOptions): Promise<void> {
  const { boots, memory, cpus, directory, step, onBoot } = options;
  const { platform, load } = plan;
  const card = join(directory, 'card');
  const monitor = join(directory, 'monitor');
  for (let number = 1; number <= boots; number++) {
    const name = `Boot ${number} of ${boots}`;
    const machine = { platform, load, accelerator, memory, cpus, card, monitor };
    onBoot(await step(name, () => bootOnce(machine, { ...options, name })));
  }
}
