import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ArtifactUpload } from '../../src/publish/artifact.ts';
import type { ArtifactService } from '../support/artifact-service.ts';

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
}

/** A file of `size` bytes that do not compress, ready to be uploaded to `service`; it is removed after the test. */
export function fileToUpload(service: ArtifactService, size = 100_000, name = 'nixos.img.zst'): Fixture {
  const folder = mkdtempSync(join(tmpdir(), 'upload-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bytes = Buffer.alloc(size);
  for (let position = 0; position < size; position += 32) {
    createHash('sha256').update(`${name} ${position}`).digest().copy(bytes, position);
  }
  const file = join(folder, name);
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
  return { upload, bytes, log, progress };
}
