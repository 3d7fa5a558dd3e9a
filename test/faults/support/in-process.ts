import { rmSync } from 'node:fs';
import { filesystemRange } from '../../../src/image/description.ts';
import { imageFileName } from '../../../src/image/frames/codecs.ts';
import { prepareOutputFile } from '../../../src/image/output-file.ts';
import type { WrittenImage } from '../../../src/image/write.ts';
import { readInputs } from '../../../src/inputs/inputs.ts';
import { checkNixStore } from '../../../src/nix/nix-store.ts';
import type { StorePathInfo } from '../../../src/nix/registration.ts';
import { readCardParts } from '../../../src/run/card-parts.ts';
import { type Context, TIME } from '../../../src/run/context.ts';
import { namesBeside } from '../../../src/run/describe.ts';
import { type PlannedImage, planImage } from '../../../src/run/plan.ts';
import { readContents } from '../../../src/run/read.ts';
import { resolveClosure } from '../../../src/run/resolve.ts';
import { verifyFile } from '../../../src/run/verify.ts';
import { writeFile } from '../../../src/run/write.ts';
import { createLog } from '../../../src/runner/log.ts';
import { createPool } from '../../../src/threads/pool.ts';
import { checkE2fsck } from '../../../src/verify/e2fsck.ts';
import { checkFrames } from '../../../src/verify/frames.ts';
import { checkRegistration } from '../../../src/verify/registration.ts';
import type { Verification } from '../../../src/verify/verify-image.ts';
import { verifyTasks } from '../../../src/verify/verify-tasks.ts';
import type { WorkerTasks } from '../../../src/worker.ts';

/** An image that was written and not yet verified, with all that its verification needs. */
export interface UnverifiedImage {
  readonly context: Context;
  readonly closure: readonly StorePathInfo[];
  readonly image: PlannedImage;
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

  const pool = createPool<WorkerTasks>(new URL('../../../src/worker.ts', import.meta.url), 2);
  const endings: (() => void)[] = [];
  const context: Context = {
    inputs: parsed,
    log: { ...createLog(), info: () => {}, phase: async (_, work) => await work(() => {}) },
    pool,
    signal: new AbortController().signal,
    output: prepareOutputFile(imageFileName(parsed), parsed.outputDirectory, directory, namesBeside(parsed)),
    e2fsck: await checkE2fsck(),
    nixVersion: await checkNixStore(),
    system: undefined,
    cardParts: readCardParts(parsed),
    temporaryDirectory: directory,
    baseline: undefined,
    atEnd: (action) => endings.push(action),
  };
  const closure = await resolveClosure(context);
  const { tree } = await readContents(context, closure);
  const image = await planImage(context, closure, tree);
  const written = await writeFile(context, image);
  return {
    context,
    closure,
    image,
    written,
    async verify() {
      rmSync(context.output.skeletonPath, { force: true });
      return await verifyFile(context, closure, image, written);
    },
    findFault: (first) => findFault(context, closure, image, written, first),
    async close() {
      await pool.close();
      for (const action of endings) {
        action();
      }
    },
  };
}

/** What can be looked at first: whatever finds nothing, all else is looked at as well. */
export type Look = 'audit' | 'contents' | 'card' | 'file';

function findFault(
  { inputs }: Context,
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
