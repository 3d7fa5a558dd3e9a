import { rmSync } from 'node:fs';
import { vi } from 'vitest';
import { filesystemRange } from '../../../src/image/description.ts';
import type { WrittenImage } from '../../../src/image/write.ts';
import { type Inputs, readInputs } from '../../../src/inputs/inputs.ts';
import type { StorePathInfo } from '../../../src/nix/registration.ts';
import { createCleanup } from '../../../src/run/cleanup.ts';
import { TIME } from '../../../src/run/context.ts';
import { type PlannedImage, planImage } from '../../../src/run/plan.ts';
import { type Preparation, prepare } from '../../../src/run/prepare.ts';
import { readTree } from '../../../src/run/read.ts';
import { resolveClosure } from '../../../src/run/resolve.ts';
import { verifyFile } from '../../../src/run/verify.ts';
import { writeFile } from '../../../src/run/write.ts';
import { createLog, type Log } from '../../../src/runner/log.ts';
import { checkFrames } from '../../../src/verify/frames.ts';
import { checkRegistration } from '../../../src/verify/registration.ts';
import type { Verification } from '../../../src/verify/verify-image.ts';
import { verifyTasks } from '../../../src/verify/verify-tasks.ts';

/** What the steps of the action take. */
interface Step extends Preparation {
  readonly inputs: Inputs;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** An image that was written and not yet verified, with all that its verification needs. */
export interface UnverifiedImage {
  readonly step: Step;
  readonly closure: readonly StorePathInfo[];
  readonly plan: PlannedImage;
  readonly written: WrittenImage;
  /** Verifies the file as the action does. */
  verify(): Promise<Verification>;
  /** What the reader finds at fault in the file, without e2fsck: all that worker threads do for a verification, one by one. */
  findFault(first: Look): string | undefined;
  close(): Promise<void>;
}

/** Goes the way of the action in this process, with its own worker threads, up to the image that is to be verified. */
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
  const closure = await resolveClosure({ ...step, cleanup });
  const { tree } = await readTree({ ...step, closure });
  const plan = await planImage({ ...step, closure, tree });
  const written = await writeFile({ ...step, plan });
  return {
    step,
    closure,
    plan,
    written,
    async verify() {
      rmSync(step.output.skeletonPath, { force: true });
      return await verifyFile({ ...step, closure, plan, written });
    },
    findFault: (first) => findFault(step, closure, plan, written, first),
    async close() {
      await cleanup[Symbol.asyncDispose]();
    },
  };
}

/** What can be looked at first: whatever finds nothing, all else is looked at as well. */
export type Look = 'audit' | 'contents' | 'card' | 'file';

function findFault(
  { inputs }: Step,
  closure: readonly StorePathInfo[],
  { description }: PlannedImage,
  { access, fileCrc32 }: WrittenImage,
  first: Look,
): string | undefined {
  const { card, filesystem } = description;
  const input = { access, filesystem: filesystemRange(description) };
  const looks: Readonly<Record<Look, () => string | undefined>> = {
    audit: () => verifyTasks.auditImage(input).value[0],
    contents() {
      checkRegistration(verifyTasks.listStore(input).value, closure);
      verifyTasks.compareOutsideStore({ ...input, outside: { tree: filesystem.tree, time: TIME } });
      const names = closure.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
      const attributes = { gid: inputs.storeGid, time: TIME };
      const hashes = verifyTasks.hashStorePaths({ ...input, names, attributes }).value;
      const wrong = closure.findIndex(({ hash }, i) => !Buffer.from(hash).equals(hashes[i]?.hash ?? Buffer.alloc(0)));
      return wrong < 0 ? undefined : `${names[wrong]}: ${hashes[wrong]?.problem ?? 'another hash'}`;
    },
    card() {
      if (card === undefined) {
        return undefined;
      }
      const [problem] = verifyTasks.checkCard({ access, card }).value;
      const at = verifyTasks.differenceAround({ access, image: description }).value;
      return problem ?? (at === undefined ? undefined : `another byte at ${at}`);
    },
    file() {
      if (access.kind === 'frames') {
        checkFrames(access);
      }
      if (fileCrc32 === undefined) {
        return undefined;
      }
      const found = verifyTasks.hashFile({ path: access.path, withCrc32: true }).value;
      return found.crc32 === fileCrc32 ? undefined : `the CRC-32 ${found.crc32}`;
    },
  };
  try {
    for (const look of [looks[first], ...Object.values(looks)]) {
      const fault = look();
      if (fault !== undefined) {
        return fault;
      }
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
