/**
 * The action boot-test, from top to bottom:
 *
 *     inputs -> card -> plan -> boots -> checks -> outputs, summary
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkRoot } from './boot/card/check.ts';
import { checkStore } from './boot/card/store.ts';
import { compressionOf, writeCard } from './boot/card/write.ts';
import { type Accelerator, chooseAccelerator } from './boot/machine/accelerator.ts';
import { needsOfCard, provide } from './boot/machine/packages.ts';
import { type BootPlan, planBoot } from './boot/plan.ts';
import type { Boot } from './boot/run/boot.ts';
import { bootCard } from './boot/run/boots.ts';
import { type ConsoleFile, createConsoleFile } from './boot/run/console-file.ts';
import { inputError } from './errors/user-error.ts';
import { makeTemporaryDirectory } from './image/output-file.ts';
import { type BootTestInputs, readBootTestInputs } from './inputs/boot-test.ts';
import { checkRuntime } from './inputs/preconditions.ts';
import { type BootTestReport, bootTestOutputs, renderBootTest } from './report/boot-test.ts';
import { writeJobSummary } from './report/job-summary.ts';
import { setOutputs } from './report/outputs.ts';
import { describeFailure, reportFailure } from './runner/failure.ts';
import { createLog, type Log } from './runner/log.ts';
import { cancelOnSignals } from './runner/signals.ts';
import { quote } from './text/escape.ts';
import { formatCount, formatDuration } from './text/format.ts';
import { formatSize } from './text/size.ts';

/** What a run has found so far; the report of a failure has it too. */
interface Progress {
  machine: string | undefined;
  boots: Boot[];
  checks: (readonly [string, string])[];
  grownTo: number | undefined;
}

/** What all steps use. */
interface Step {
  readonly inputs: BootTestInputs;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** For the card, and everything that is removed at the end. */
  readonly directory: string;
  readonly console: ConsoleFile;
  readonly progress: Progress;
}

async function main(signal: AbortSignal): Promise<void> {
  checkRuntime();
  const log = createLog();
  const inputs = readBootTestInputs();
  checkImage(inputs.image);
  using stack = new DisposableStack();
  const home = makeTemporaryDirectory(process.env.RUNNER_TEMP || tmpdir(), 'nix-ext4-boot-test-');
  const directory = join(home, 'work');
  mkdirSync(directory);
  stack.defer(() => rmSync(directory, { recursive: true, force: true }));
  const consoleLog = join(home, 'console.log');
  const console = stack.use(createConsoleFile(consoleLog));
  const progress: Progress = { machine: undefined, boots: [], checks: [], grownTo: undefined };
  const publish = (failure: BootTestReport['failure']): Promise<void> =>
    publishReport({
      image: basename(inputs.image),
      cardSize: inputs.cardSize,
      ...progress,
      seconds: log.elapsed(),
      consoleLog,
      lastLines: console.lastLines,
      failure,
    });
  try {
    await test({ inputs, log, signal, directory, console, progress });
  } catch (error) {
    for (const line of lastLines(console)) {
      log.info(line);
    }
    await publish(describeFailure(error));
    throw error;
  }
  await publish(undefined);
  log.info(closingLine(inputs, progress, log.elapsed()));
}

async function test(step: Step): Promise<void> {
  const { inputs, log, signal, directory, console, progress } = step;
  await install(needsOfCard(compressionOf(inputs.image)), step);
  await write(step);
  const card = join(directory, 'card');
  const plan = await log.phase('Read the card', () =>
    planBoot(card, inputs.cardSize, { ...inputs, directory, signal }),
  );
  for (const problem of plan.problems) {
    log.warning('A partition of the image cannot be read', problem);
  }
  const accelerator = await chooseAccelerator(plan.platform, directory, signal);
  progress.machine = describe(plan, accelerator);
  log.info(`Machine: ${progress.machine}`);
  await bootCard(plan, {
    ...inputs,
    commands: inputs.run,
    accelerator,
    directory,
    signal,
    step(name, work) {
      console.begin(name);
      return log.phase(name, work);
    },
    onLine(line, seconds) {
      console.add(line);
      log.info(`${seconds.toFixed(1).padStart(6)} | ${line}`);
    },
    onBoot(boot) {
      progress.boots.push(boot);
      const parts = boot.parts.map(({ name, seconds }) => `${name} ${formatDuration(seconds)}`);
      log.info(`It took ${formatDuration(boot.seconds)}: ${parts.join(', ')}`);
      if (!boot.isOff) {
        log.warning('The system did not power off', 'It did not react to the power button, and was switched off.');
      }
    },
    async onKvmFailure(other) {
      log.warning('KVM failed', 'KVM failed while the system booted. All boots are repeated with emulation.');
      progress.machine = describe(plan, other);
      progress.boots = [];
      await write(step);
    },
  });
  await log.phase('Check the card', (report) => check(plan, step, report));
}

/** Bad input is refused before any work. */
function checkImage(image: string): void {
  if (statSync(image, { throwIfNoEntry: false })?.isFile() !== true) {
    throw inputError({
      input: 'image',
      message: `The image ${quote(image)} is not a file of this machine.`,
      remedy: 'Set image to the path of an image, such as the output image-path of the step that makes it.',
    });
  }
}

async function install(needs: Parameters<typeof provide>[0], { inputs, log, signal }: Step): Promise<void> {
  const packages = await provide(needs, { install: inputs.install, signal });
  if (packages.length > 0) {
    log.info(`Installed ${packages.join(', ')}`);
  }
}

async function write({ inputs, log, signal, directory }: Step): Promise<void> {
  await log.phase('Write the card', async (onProgress) => {
    const size = await writeCard(inputs.image, join(directory, 'card'), { size: inputs.cardSize, signal, onProgress });
    log.info(`${formatSize(size)} on a card of ${formatSize(inputs.cardSize)}`);
  });
}

function describe({ platform, firmware }: BootPlan, { description }: Accelerator): string {
  const names = { 'u-boot': 'U-Boot', uefi: 'UEFI', kernel: 'the kernel from the boot files, without firmware' };
  return `${platform.architecture}, ${names[firmware]}, ${description}`;
}

async function check(
  { root, registered }: BootPlan,
  { log, signal, directory, progress }: Step,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  if (root === undefined) {
    log.warning('The root filesystem was not checked', 'The card has no ext4 filesystem.');
    return;
  }
  const isOff = progress.boots.at(-1)?.isOff === true;
  const { size, summary } = await checkRoot(root, isOff, signal);
  progress.grownTo = size;
  progress.checks.push(['e2fsck -fn of the root filesystem', `clean, ${summary}`]);
  if (registered.length > 0) {
    await checkStore(root, registered, { directory, signal, onProgress });
    progress.checks.push([formatCount(registered.length, 'store path'), 'as the image registers them']);
  }
  for (const [name, result] of progress.checks) {
    log.info(`${name}: ${result}`);
  }
}

function lastLines({ lastLines: lines }: ConsoleFile): readonly string[] {
  return lines.length === 0
    ? []
    : [`The last ${formatCount(lines.length, 'line')} of the console:`, ...lines.map((line) => `  | ${line}`)];
}

async function publishReport(report: BootTestReport): Promise<void> {
  setOutputs(bootTestOutputs(report));
  await writeJobSummary(() => renderBootTest(report), process.env);
}

function closingLine({ image, cardSize }: BootTestInputs, { boots }: Progress, seconds: number): string {
  const each = boots.map((boot) => formatDuration(boot.seconds)).join(', ');
  return `${basename(image)}: booted ${formatCount(boots.length, 'time')} (${each}) from a card of ${formatSize(cardSize)}, in ${formatDuration(seconds)}`;
}

const signal = cancelOnSignals('The card was removed.');
try {
  await main(signal);
} catch (error) {
  reportFailure(error);
}
// Exit even if a library left a timer running.
process.exit();
