import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ArtifactUpload, uploadArtifact } from '../../src/artifact/upload.ts';
import type { UploadErrorCode } from '../../src/artifact/upload-error.ts';
import type { Azurite } from '../support/artifact-azurite.ts';
import type { Fault, Operation } from '../support/artifact-faults.ts';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';

/** A log that keeps what it is told. */
export interface KeptLog {
  readonly infos: string[];
  readonly details: string[];
  readonly warnings: string[];
}

export interface Fixture {
  readonly upload: ArtifactUpload;
  readonly bytes: Buffer;
  readonly log: KeptLog;
  /** Numbers of bytes that were reported as done. */
  readonly progress: number[];
  /** Removes the file. */
  remove(): void;
}

/** A file of `size` bytes that do not compress, ready to be uploaded to `service`. */
export function fileToUpload(service: ArtifactService, size = 100_000, name = 'nixos.img.zst'): Fixture {
  const directory = mkdtempSync(join(tmpdir(), 'upload-'));
  const bytes = randomBytes(size);
  const file = join(directory, name);
  writeFileSync(file, bytes);
  const log: KeptLog = { infos: [], details: [], warnings: [] };
  const progress: number[] = [];
  const upload: ArtifactUpload = {
    file,
    size,
    sha256: createHash('sha256').update(bytes).digest('hex'),
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
  return { upload, bytes, log, progress, remove: () => rmSync(directory, { recursive: true }) };
}

/** Something of its own for one test: a service, and a file to upload to it. */
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
    fixture.remove();
    await service.stop();
  }
}

/** The error that `promise` fails with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  const reason = await promise.then(
    () => new Error('nothing failed'),
    (error: unknown) => error,
  );
  return reason instanceof Error ? reason : new Error(`no error was thrown, but ${reason}`);
}

/** A fault, how often the client then asks, and what the user is told. */
export type FaultCase = readonly [Operation, Fault, number, UploadErrorCode, RegExp, RegExp];

/** Causes a fault, and checks that it happened as often as expected, that the user is told, and that nothing is left. */
export function testFault(azurite: Azurite, [operation, fault, hits, code, message, remedy]: FaultCase): Promise<void> {
  return withService(azurite, async ({ service, upload }) => {
    const injected = service.inject(operation, fault);
    const error = await failure(uploadArtifact(upload));
    expect(error).toMatchObject({
      code,
      title: 'The image was not uploaded',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
      cause: expect.any(Error),
    });
    expect(injected.hits).toBe(hits);
    expect(service.artifacts()).toEqual([]);
  });
}

/** An answer with an HTTP status, in the form of the service's errors. */
export function answer(status: number, message = 'injected'): Fault {
  return { kind: 'status', status, message };
}
