import type { Console } from '../machine/console.ts';
import { withEmulator } from '../machine/emulator.ts';
import { type Machine, machineArguments } from '../machine/machine.ts';
import { pressPowerButton } from '../machine/monitor.ts';
import { runCommands } from './commands.ts';
import { type BootMarks, type BootPart, noteLine, partsOf } from './times.ts';
import { type BootGoal, createWatch } from './watch.ts';

/** A boot that succeeded. */
export interface Boot {
  /** From power-on to wait-for. */
  readonly seconds: number;
  readonly parts: readonly BootPart[];
  /** Whether the system powered off by itself. */
  readonly isOff: boolean;
}

/**
 * Boots a card once: switches the machine on, waits for the goal, runs the commands, and powers off by the power button.
 *
 * Throws the error of `bootError` if the boot fails, and a `UserError` with the code `KVM_FAILED` if KVM does.
 */
export async function bootOnce(machine: Machine & { readonly monitor: string }, goal: BootGoal): Promise<Boot> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const marks: BootMarks = {};
  const lines: string[] = [];
  const onLine = (line: string): void => {
    const seconds = elapsed();
    noteLine(marks, line, seconds);
    lines.push(line);
    goal.onLine(line, seconds);
  };
  const { emulator } = machine.platform;
  return withEmulator(emulator, machineArguments(machine), onLine, async (serial) => {
    const watch = createWatch({ serial, lines, goal, elapsed, marks });
    const cancel = (): void => serial.close();
    goal.signal.addEventListener('abort', cancel, { once: true });
    try {
      await watch.expect(goal.waitFor, `a line matched ${goal.waitFor.source}`);
      const seconds = elapsed();
      await runCommands(goal.commands, serial, watch);
      const isOff = await powerOff(serial, machine.monitor);
      return { seconds, parts: partsOf(marks, seconds), isOff };
    } finally {
      goal.signal.removeEventListener('abort', cancel);
      goal.signal.throwIfAborted();
    }
  });
}

/** Presses the power button until the machine is off. Returns whether it went off. */
async function powerOff(serial: Console, monitor: string): Promise<boolean> {
  for (let attempt = 0; attempt < POWER_ATTEMPTS && !serial.hasEnded(); attempt++) {
    await pressPowerButton(monitor);
    await serial.waitUntil(() => undefined, POWER_SECONDS);
  }
  return serial.hasEnded();
}

/** A system that has just started may not listen to the button yet. */
const POWER_ATTEMPTS = 6;
const POWER_SECONDS = 20;
