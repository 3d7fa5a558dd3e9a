/**
 * The action, from top to bottom:
 *
 *     inputs -> closure -> tree -> plan -> image -> file -> verification -> artifact, release, report
 */
import { readInputs } from './inputs/inputs.ts';
import { checkRuntime } from './inputs/preconditions.ts';
import { describeChanges } from './run/changes.ts';
import { createCleanup } from './run/cleanup.ts';
import { writeCompanions } from './run/describe.ts';
import { planImage } from './run/plan.ts';
import { prepare } from './run/prepare/prepare.ts';
import { readTree } from './run/read.ts';
import { attachToRelease } from './run/release.ts';
import { publishReport } from './run/report.ts';
import { resolveClosure } from './run/resolve.ts';
import { uploadImage } from './run/upload.ts';
import { finishedImage, verifyFile } from './run/verify.ts';
import { writeFile } from './run/write.ts';
import { reportFailure } from './runner/failure.ts';
import { createLog } from './runner/log.ts';
import { cancelOnSignals } from './runner/signals.ts';

/** The bundle has the worker beside its own file; a literal path would make the bundler copy the source. */
const WORKER_URL = new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url);

async function main(signal: AbortSignal): Promise<void> {
  checkRuntime();
  const log = createLog();
  const inputs = readInputs();
  await using cleanup = createCleanup(signal);
  const preparation = await prepare(inputs, { workerUrl: WORKER_URL, log, signal, cleanup });
  const step = { inputs, log, signal, ...preparation };

  const registered = await resolveClosure({ ...step, cleanup });
  const { closure, tree, deduplicatedBytes } = await readTree({ ...step, closure: registered });
  const changes = describeChanges({ ...step, closure });
  const plan = await planImage({ ...step, closure, tree });
  const written = await writeFile({ ...step, plan });
  const verification = await verifyFile({ ...step, closure, plan, written });
  step.output.accept();

  const image = finishedImage({ ...step, plan, written, verification });
  const companions = await writeCompanions({ ...step, closure, plan, written, image });
  const artifact = await uploadImage({ ...step, image });
  const release = await attachToRelease({ ...step, image, changes, companions });
  signal.throwIfAborted();
  cleanup.succeed();
  await publishReport({
    ...step,
    closure,
    changes,
    deduplicatedBytes,
    plan,
    verification,
    image,
    companions,
    artifact,
    release,
  });
}

const signal = cancelOnSignals('No image was left.');
try {
  await main(signal);
} catch (error) {
  reportFailure(error);
}
// Exit even if a library left a timer running.
process.exit();
