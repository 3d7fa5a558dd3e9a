import { rmSync } from 'node:fs';
import { vi } from 'vitest';
import { filesystemRange } from '../../../src/image/description.ts';
import type { WrittenImage } from '../../../src/image/write.ts';
import { type Inputs, readInputs } from '../../../src/inputs/inputs.ts';
import type { StorePathInfo } from '../../../src/nix/registration.ts';
import { STORE_TIME } from '../../../src/nix/store-path.ts';
import { createCleanup } from '../../../src/run/cleanup.ts';
import { type PlannedImage, planImage } from '../../../src/run/plan.ts';
import { type Preparation, prepare } from '../../../src/run/prepare/prepare.ts';
import { readTree } from '../../../src/run/read.ts';
import { resolveClosure } from '../../../src/run/resolve.ts';
import { verifyFile } from '../../../src/run/verify.ts';
import { writeFile } from '../../../src/run/write.ts';
import { createLog, type Log } from '../../../src/runner/log.ts';
import { checkRegistration } from '../../../src/verify/check-registration.ts';
import type { FoundStorePath } from '../../../src/verify/store-paths.ts';
import type { Verification } from '../../../src/verify/verify-image.ts';
import { verifyTasks } from '../../../src/verify/verify-tasks.ts';
import { checkFrames } from '../../../src/verify/written-file.ts';

/** What the steps of the action take. */
interface Step extends Preparation {
  readonly inputs: Inputs;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** An image that was written and not yet verified, with everything that its verification needs. */
export interface UnverifiedImage {
  readonly step: Step;
  readonly closure: readonly StorePathInfo[];
  readonly plan: PlannedImage;
  readonly written: WrittenImage;
  /** Verifies the file as the action does. */
  verify(): Promise<Verification>;
  /** The first fault that the checks of the worker threads find in the file, without e2fsck. */
  findFault(first: Check): string | undefined;
  close(): Promise<void>;
}

/** Runs the steps of the action in this process, with worker threads of its own, up to the verification. */
export async function writeUnverified(
  inputs: Readonly<Record<string, string>>,
  directory: string,
): Promise<UnverifiedImage> {
  const given = { 'output-directory': directory, upload: 'false', ...inputs };
  for (const [name, value] of Object.entries(given)) {
    process.env[`INPUT_${name.toUpperCase()}`] = value;
  }
  const parsed = readInputs();
  for (const name of Object.keys(given)) {
    delete process.env[`INPUT_${name.toUpperCase()}`];
  }

  const { signal } = new AbortController();
  const cleanup = createCleanup(signal);
  const log: Log = { ...createLog(), info: () => {}, phase: async (_, work) => await work(() => {}) };
  const workerUrl = new URL('../../../src/worker.ts', import.meta.url);
  vi.stubEnv('RUNNER_TEMP', directory);
  const preparation = await prepare(parsed, { workerUrl, log, signal, cleanup });
  const step: Step = { inputs: parsed, log, signal, ...preparation };
  const registered = await resolveClosure({ ...step, cleanup });
  const { closure, tree } = await readTree({ ...step, closure: registered });
  const plan = await planImage({ ...step, closure, tree });
  const written = await writeFile({ ...step, plan });
  if (written.record.kind === 'read-back') {
    // A test may damage the file from here on, which must not happen while it is still read back.
    await written.record.sha256;
  }
  let verifications = 0;
  return {
    step,
    closure,
    plan,
    written,
    async verify() {
      // Threads may still handle parts of an image that was refused; they must not write into the next skeleton.
      const output = { ...step.output, skeletonPath: `${step.output.skeletonPath}.${verifications++}` };
      try {
        return await verifyFile({ ...step, output, closure, plan, written });
      } finally {
        rmSync(output.skeletonPath, { force: true });
      }
    },
    findFault: (first) => findFault(step, closure, plan, written, first),
    async close() {
      await cleanup[Symbol.asyncDispose]();
    },
  };
}

/** The check to run first. If it finds nothing, all checks are run. */
export type Check = 'audit' | 'contents' | 'card' | 'file';

function findFault(
  { inputs }: Step,
  closure: readonly StorePathInfo[],
  { description }: PlannedImage,
  { access, record }: WrittenImage,
  first: Check,
): string | undefined {
  const { card, filesystem } = description;
  const input = { access, filesystem: filesystemRange(description) };
  const checks: Readonly<Record<Check, () => string | undefined>> = {
    audit: () => verifyTasks.auditImage(input).value[0],
    contents() {
      checkRegistration(verifyTasks.listStore(input).value, closure);
      verifyTasks.compareOutsideStore({ ...input, outside: { tree: filesystem.tree, time: STORE_TIME } });
      const names = closure.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
      const attributes = { gid: inputs.storeGid, time: STORE_TIME };
      const found = verifyTasks.hashStorePaths({ ...input, names, attributes }).value;
      const problems = closure.map(({ hash }, i) => problemOf(found[i], hash));
      return problems.find((problem) => problem !== undefined);
    },
    card() {
      if (card !== undefined) {
        verifyTasks.checkCard({ access, card });
        verifyTasks.compareOutsideFilesystem({ access, image: description });
      }
      return undefined;
    },
    file() {
      if (access.kind === 'frames') {
        checkFrames(access);
      }
      if (record.kind === 'in-order') {
        verifyTasks.hashWrittenFile({ path: access.path, crc32: record.crc32 });
      }
      return undefined;
    },
  };
  try {
    for (const check of [checks[first], ...Object.values(checks)]) {
      const fault = check();
      if (fault !== undefined) {
        return fault;
      }
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function problemOf(found: FoundStorePath | undefined, registered: Uint8Array): string | undefined {
  if (found?.kind !== 'hashed') {
    return found?.problem ?? 'not read';
  }
  return Buffer.compare(found.hash, registered) === 0 ? undefined : 'another hash';
}
