/**
 * The action. One direction, no steps back:
 *
 *     inputs -> closure -> tree -> plan -> image -> file -> verification -> artifact, release, summary, outputs
 */
import { availableParallelism, tmpdir } from 'node:os';
import { readBaseline } from './companions/baseline.ts';
import { checkXz } from './image/frames/check-xz.ts';
import { imageFileName } from './image/frames/codecs.ts';
import { prepareOutputFile } from './image/output-file.ts';
import { readInputs } from './inputs/inputs.ts';
import { checkRuntime, checkUploadIsPossible } from './inputs/preconditions.ts';
import { checkNixStore } from './nix/nix-store.ts';
import { readBootableSystem } from './nixos/bootable.ts';
import { checkRelease } from './release/publish.ts';
import { setOutputs } from './report/outputs.ts';
import { writeSummary } from './report/summary.ts';
import { readCardParts } from './run/card-parts.ts';
import { tellChanges } from './run/changes.ts';
import type { Context } from './run/context.ts';
import { namesBeside, writeCompanions } from './run/describe.ts';
import { leaveFiles } from './run/finish.ts';
import { planImage } from './run/plan.ts';
import { readContents } from './run/read.ts';
import { releaseFiles } from './run/release.ts';
import { makeReport } from './run/report.ts';
import { resolveClosure } from './run/resolve.ts';
import { publishFile } from './run/upload.ts';
import { verifyFile } from './run/verify.ts';
import { writeFile } from './run/write.ts';
import { reportFailure } from './runner/failure.ts';
import { closingLine, createLog } from './runner/log.ts';
import { cancelOnSignals } from './runner/signals.ts';
import { createPool } from './threads/pool.ts';
import { checkE2fsck } from './verify/e2fsck.ts';
import type { WorkerTasks } from './worker.ts';

/** The bundle has the worker beside its own file as JavaScript; a literal here would make the bundler copy the source. */
const WORKER_URL = new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url);

async function run(signal: AbortSignal): Promise<void> {
  checkRuntime();
  const log = createLog();
  const inputs = readInputs();
  if (inputs.upload) {
    checkUploadIsPossible();
  }
  if (inputs.release !== undefined) {
    await checkRelease({ ...inputs.release, log, signal });
  }
  const baseline = inputs.baseline === undefined ? undefined : readBaseline(inputs.baseline);
  const nixVersion = await checkNixStore({ signal });
  const e2fsck = await checkE2fsck(signal);
  if (inputs.compression === 'xz') {
    await checkXz(signal);
  }
  const system = inputs.system === undefined ? undefined : readBootableSystem(inputs.system);
  const cardParts = readCardParts(inputs);
  const temporaryDirectory = process.env.RUNNER_TEMP || tmpdir();
  const fileName = imageFileName(inputs);
  const output = prepareOutputFile(fileName, inputs.outputDirectory, temporaryDirectory, namesBeside(inputs));
  const pool = createPool<WorkerTasks>(WORKER_URL, availableParallelism());
  const endings: (() => void)[] = [];
  const atEnd = (action: () => void): void => {
    endings.push(action);
  };
  const cancel = (): void => {
    // At once: a thread that compresses cannot be stopped for seconds, and a runner that cancels does not wait long.
    output.discard();
    for (const action of endings) {
      action();
    }
    pool.close(signal.reason);
  };
  signal.addEventListener('abort', cancel);
  const context: Context = {
    inputs,
    log,
    pool,
    signal,
    output,
    e2fsck,
    nixVersion,
    system,
    cardParts,
    baseline,
    temporaryDirectory,
    atEnd,
  };
  try {
    const closure = await resolveClosure(context);
    const changes = tellChanges(context, closure);
    const contents = await readContents(context, closure);
    const image = await planImage(context, closure, contents.tree);
    const written = await writeFile(context, image);
    const verification = await verifyFile(context, closure, image, written);
    output.accept();
    const companions = await writeCompanions(context, closure, image, written, verification);
    const artifact = await publishFile(context, verification);
    const made = makeReport(context, {
      closure,
      contents,
      image,
      written,
      verification,
      artifact,
      companions,
      changes,
    });
    const release = await releaseFiles(context, made, written, companions);
    signal.throwIfAborted();
    // What is left is telling of it: a cancellation comes too late.
    signal.removeEventListener('abort', cancel);
    const checksumsPath = leaveFiles(context, made, companions);
    const report = { ...made, checksumsPath, release, phases: log.phases, seconds: log.elapsed() };
    setOutputs(report);
    await writeSummary(report);
    log.info(closingLine({ ...report.image, seconds: report.seconds }));
  } catch (error) {
    await pool.close();
    const left = output.discard();
    if (left !== undefined) {
      log.warning('Files were left', left);
    }
    throw signal.aborted ? signal.reason : error;
  } finally {
    await pool.close();
    for (const action of endings) {
      action();
    }
  }
}

try {
  await run(cancelOnSignals());
} catch (error) {
  reportFailure(error);
}
// Whatever a library may still wait for, such as a timer of the artifact client, has no more to say.
process.exit();
