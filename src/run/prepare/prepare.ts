import { availableParallelism, tmpdir } from 'node:os';
import { type Baseline, readBaseline } from '../../companions/baseline.ts';
import { imageFileName } from '../../image/frames/codecs.ts';
import { type OutputFile, prepareOutputFile } from '../../image/output-file.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { checkUploadIsPossible } from '../../inputs/preconditions.ts';
import { type BootableSystem, readBootableSystem } from '../../nixos/bootable.ts';
import { checkRoot } from '../../nixos/mounts/root.ts';
import { checkRelease } from '../../release/publish.ts';
import type { Log } from '../../runner/log.ts';
import { createPool, type Pool } from '../../threads/pool.ts';
import type { WorkerTasks } from '../../worker.ts';
import type { Cleanup } from '../cleanup.ts';
import { companionNames } from '../describe.ts';
import { imagerDevicesOf } from '../imager.ts';
import { bootOptions, rootIdentity } from './boot-identity.ts';
import { type CardParts, readCardParts, warnOfReservedNames } from './card-parts.ts';
import { checkTools, type Tools } from './tools.ts';

/** What the inputs name, read and checked before any work, and what the work needs. */
export interface Preparation {
  /** What an earlier image held; `undefined` if none was named. */
  readonly baseline: Baseline | undefined;
  /** What the image boots; `undefined` if nothing was named. */
  readonly system: BootableSystem | undefined;
  /** What a card has beside its filesystem; `undefined` for a bare filesystem. */
  readonly cardParts: CardParts | undefined;
  /** Device tags for Raspberry Pi Imager; empty for a card that is for no Raspberry Pi. */
  readonly imagerDevices: readonly string[];
  readonly tools: Tools;
  readonly output: OutputFile;
  readonly pool: Pool<WorkerTasks>;
  /** Directory for temporary files, absolute. */
  readonly temporaryDirectory: string;
}

/** Checks everything that can be checked before any work, and registers what is undone at the end. */
export async function prepare(
  inputs: Inputs,
  {
    workerUrl,
    log,
    signal,
    cleanup,
  }: {
    /** Script of the worker threads. */
    readonly workerUrl: URL;
    readonly log: Log;
    readonly signal: AbortSignal;
    readonly cleanup: Cleanup;
  },
): Promise<Preparation> {
  if (inputs.upload) {
    checkUploadIsPossible();
  }
  const baseline = inputs.baseline === undefined ? undefined : readBaseline(inputs.baseline);
  const tools = await checkTools(inputs, signal);
  const system = inputs.system === undefined ? undefined : readBootableSystem(inputs.system, bootOptions(inputs));
  const cardParts = readCardParts(inputs, system);
  warnOfReservedNames(cardParts?.firmware, log);
  if (system !== undefined) {
    checkRoot(system, rootIdentity(inputs, cardParts));
  }
  const imagerDevices = imagerDevicesOf(inputs, cardParts, system);
  const fileName = imageFileName(inputs);
  const others = companionNames(inputs, imagerDevices);
  if (inputs.release !== undefined) {
    await checkRelease({ ...inputs.release, imageName: fileName, otherNames: others, log, signal });
  }
  const temporaryDirectory = process.env.RUNNER_TEMP || tmpdir();
  const output = prepareOutputFile(fileName, inputs.outputDirectory, temporaryDirectory, others, inputs.imageName);
  cleanup.deferLast(output.release);
  let reported: string | undefined;
  cleanup.deferFailure(() => {
    const left = output.discard();
    // A cancelled step runs this twice.
    if (left !== undefined && left !== reported) {
      log.warning('Files were left', left);
      reported = left;
    }
  });
  const pool = createPool<WorkerTasks>(workerUrl, availableParallelism());
  cleanup.defer(() => pool.close(signal.reason));
  return { baseline, system, cardParts, imagerDevices, tools, output, pool, temporaryDirectory };
}
