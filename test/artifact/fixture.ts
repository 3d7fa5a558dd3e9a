import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ClientErrorCode } from '../../src/artifact/explain.ts';
import { type ArtifactUpload, uploadArtifact } from '../../src/artifact/upload.ts';
import type { Azurite } from '../support/artifact-azurite.ts';
import type { Fault, Operation } from '../support/artifact-faults.ts';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** The lines of a log. */
export interface KeptLog {
  readonly infos: string[];
  readonly details: string[];
  readonly warnings: string[];
}

export interface Fixture {
  readonly upload: ArtifactUpload;
  readonly bytes: Buffer;
  readonly log: KeptLog;
  /** The numbers of bytes reported as uploaded. */
  readonly progress: number[];
}

/** Of the test file: where tests run at the same time, Vitest does not know which of them asks for a directory. */
const directories = temporaryDirectory();

/** A file of `size` bytes that do not compress, ready to be uploaded to `service`. */
export function fileToUpload(service: ArtifactService, size = 100_000, name = 'nixos.img.zst'): Fixture {
  const directory = mkdtempSync(join(directories, 'upload-'));
  const bytes = randomBytes(size);
  const path = join(directory, name);
  writeFileSync(path, bytes);
  const log: KeptLog = { infos: [], details: [], warnings: [] };
  const progress: number[] = [];
  const upload: ArtifactUpload = {
    file: { path, size, sha256: createHash('sha256').update(bytes).digest('hex') },
    overwrite: false,
    retentionDays: undefined,
    environment: { ...process.env, ...service.environment },
    onProgress: (done) => progress.push(done),
    log: {
      info: (text) => log.infos.push(text),
      detail: (text) => log.details.push(text),
      warning: (title, text) => log.warnings.push(`${title}: ${text}`),
    },
  };
  return { upload, bytes, log, progress };
}

/** Runs `work` with an artifact service and a file to upload, both for one test. */
export async function withService(
  azurite: Azurite,
  work: (given: Fixture & { readonly service: ArtifactService }) => Promise<void>,
  options: { readonly size?: number; readonly forgetsUnfinished?: boolean } = {},
): Promise<void> {
  const service = await startArtifactService({ azurite, forgetsUnfinished: options.forgetsUnfinished ?? false });
  const fixture = fileToUpload(service, options.size);
  try {
    await work({ service, ...fixture });
  } finally {
    await service.stop();
  }
}

/** The error that `promise` rejects with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  const reason = await promise.then(
    () => new Error('The promise was not rejected.'),
    (error: unknown) => error,
  );
  return reason instanceof Error ? reason : new Error(`Not rejected with an error, but with ${reason}`);
}

/** A fault, the number of requests that it affects, and the code, message and remedy that the user gets. */
export type FaultCase = readonly [Operation, Fault, number, ClientErrorCode, RegExp, RegExp];

/** Injects a fault, and checks the number of requests, the error, and that no artifact is left. */
export function testFault(azurite: Azurite, [operation, fault, hits, code, message, remedy]: FaultCase): Promise<void> {
  return withService(azurite, async ({ service, upload }) => {
    const injected = service.inject(operation, fault);
    const error = await failure(uploadArtifact(upload));
    expect(error, `${error.message} Cause: ${error.cause}`).toMatchObject({
      code,
      title: 'The artifact was not uploaded',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
      cause: expect.any(Error),
    });
    expect(injected.hits).toBe(hits);
    expect(service.artifacts()).toEqual([]);
  });
}

/** A response with an HTTP status and the body of the service's errors. */
export function answer(status: number, message = 'injected'): Fault {
  return { kind: 'status', status, message };
}
