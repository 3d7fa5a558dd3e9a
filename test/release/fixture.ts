import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FinishedFile } from '../../src/image/finished-file.ts';
import type { ReleaseCheck, ReleaseUpload } from '../../src/release/publish.ts';
import { type ReleaseService, type ReleaseServiceOptions, startReleaseService } from '../support/release-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

export interface ReleaseFixture {
  readonly service: ReleaseService;
  readonly upload: ReleaseUpload;
  /** The check before that upload. */
  readonly check: ReleaseCheck;
  /** The contents of the image. */
  readonly bytes: Buffer;
  /** The lines of the log. */
  readonly infos: string[];
  /** The numbers of bytes reported as sent. */
  readonly progress: number[];
  /** The contents of the files of the release of the tag, by name. */
  files(): Readonly<Record<string, Buffer>>;
  /** The hashes in SHA256SUMS of the release, by name. */
  checksums(): Readonly<Record<string, string>>;
}

/** A release service, and an image of random bytes with a manifest and a block map to publish there. */
export async function releaseFixture(
  options: ReleaseServiceOptions & {
    readonly size?: number;
    readonly name?: string;
    readonly service?: ReleaseService;
  } = {},
): Promise<ReleaseFixture> {
  const service = options.service ?? (await startReleaseService(options));
  if (options.service === undefined) {
    onTestFinished(() => service.stop());
  }
  const { size = 100_000, name = 'nixos.img.zst' } = options;
  const directory = temporaryDirectory();
  const bytes = randomBytes(size);
  const image = writeFinished(join(directory, name), bytes);
  const base = name.replace(/\.zst$/, '');
  const others = ['manifest.json', 'bmap'].map((suffix) =>
    writeFinished(join(directory, `${base}.${suffix}`), randomBytes(500)),
  );
  const infos: string[] = [];
  const progress: number[] = [];
  const upload: ReleaseUpload = {
    tag: 'v1.0',
    token: service.token,
    image,
    others,
    notes: (joined) => `The image ${basename(image.path)}. ${joined ?? ''}`,
    overwrite: false,
    log: { info: (text) => void infos.push(text) },
    onProgress: (done) => progress.push(done),
    signal: new AbortController().signal,
    environment: service.environment,
    delays: [10, 10],
  };
  const otherNames = [...others.map(({ path }) => basename(path)), 'SHA256SUMS'];
  const check: ReleaseCheck = { ...upload, imageName: name, otherNames };
  const assets = () => {
    const release = service.store.releases().find(({ tag }) => tag === upload.tag);
    return release === undefined ? [] : service.store.assetsOf(release.id);
  };
  const files = () => Object.fromEntries(assets().map((asset) => [asset.name, asset.contents]));
  const checksums = () => {
    const lines = (files().SHA256SUMS ?? '').toString().split('\n').filter(Boolean);
    return Object.fromEntries(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  };
  return { service, upload, check, bytes, infos, progress, files, checksums };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function writeFinished(path: string, bytes: Buffer): FinishedFile {
  writeFileSync(path, bytes);
  return { path, size: bytes.length, sha256: sha256(bytes) };
}
