import { basename } from 'node:path';
import type { UploadLog } from '../artifact/client-line.ts';
import { type Asset, connect, type Release, type ReleaseApi } from './api.ts';
import { nameTaken, type ReleaseFile, sendFile } from './asset.ts';
import { type FinishedFile, isOfImage, releaseFile, releaseFilesOfImage } from './files.ts';
import { findOrCreate, findRelease } from './find.ts';
import { addChecksums } from './merge-checksums.ts';
import { withSection } from './notes.ts';
import { type RetryOptions, USUAL_DELAYS, withRetries } from './retry.ts';
import { joinCommand, LARGEST_ASSET } from './split.ts';
import { releaseTarget } from './target.ts';

export interface ReleaseUpload {
  readonly tag: string;
  readonly token: string;
  readonly image: FinishedFile;
  /** Where a compressed image may be cut, if it is too large for one file; empty for anywhere. */
  readonly frameEnds: readonly number[];
  /** The files that go with it. */
  readonly others: readonly FinishedFile[];
  /** What the notes of a draft say of the image, as Markdown; `join` is the command that joins its parts, if it was split. */
  readonly notes: (join: string | undefined) => string;
  /** Replace files of the same names. */
  readonly overwrite: boolean;
  readonly log: UploadLog;
  /** Called with the bytes that have been handed over so far. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Breaks the upload off. */
  readonly signal: AbortSignal;
  /** Environment variables, in place of this process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Bytes of the largest file that a release takes. */
  readonly limit?: number;
  /** Milliseconds to wait before each further attempt at a request. */
  readonly delays?: readonly number[];
}

export interface PublishedRelease {
  readonly tag: string;
  /** Its page. */
  readonly url: string;
  readonly isDraft: boolean;
  /** The files that this run has attached, or found attached already. */
  readonly files: readonly { readonly name: string; readonly url: string; readonly size: number }[];
  /** The command that joins the parts of the image; `undefined` if it was not split. */
  readonly joinCommand: string | undefined;
}

/** What must be known to look whether a release can be made. */
export type ReleaseCheck = Pick<ReleaseUpload, 'tag' | 'token' | 'log' | 'signal' | 'environment' | 'delays'>;

/**
 * Makes sure, before any work, that GitHub can be reached with the token, and that files can be attached to the release if
 * it is there. Throws a `ReleaseError`. Whether the token may write cannot be told without writing.
 */
export async function checkRelease(check: ReleaseCheck): Promise<void> {
  const api = await connect(releaseTarget(check.environment), check.token, check.signal);
  await findRelease(api, check.tag, retryOptions(check));
}

/**
 * Attaches an image and the files that go with it to the release of a tag, which is created as a draft if there is none.
 * An image that is too large for a release is sent in parts, straight from the one file. SHA256SUMS of the release names
 * all files, and the whole image as well, so that it can be checked again once it is joined. Throws a `ReleaseError`.
 */
export async function publishRelease(upload: ReleaseUpload): Promise<PublishedRelease> {
  const { image, tag, limit = LARGEST_ASSET } = upload;
  const name = basename(image.path);
  const parts = await releaseFilesOfImage(image, upload.frameEnds, limit);
  const files = [...parts, ...upload.others.map(releaseFile)];
  const join = joinCommand(name, parts.length);
  const notes = upload.notes(join);
  const options = retryOptions(upload);

  const api = await connect(releaseTarget(upload.environment), upload.token, upload.signal);
  const release = await findOrCreate(api, tag, withSection('', name, notes), options);
  await clearStale(api, release, files, upload, options);
  const assets = await sendAll(api, release, files, upload, options);
  const checksums = [...files, { name, sha256: image.sha256 }];
  const list = await addChecksums(api, release, checksums, (other) => isOfImage(name, other), options);
  if (release.isDraft) {
    await changeNotes(api, release, name, notes, options);
  } else if (join !== undefined) {
    upload.log.info(`The notes of a published release are left alone. They could say: ${join}`);
  }
  const attached = [...assets, list].map(({ name, url, size }) => ({ name, url, size }));
  return { tag, url: release.url, isDraft: release.isDraft, files: attached, joinCommand: join };
}

function retryOptions({ log, signal, delays = USUAL_DELAYS }: ReleaseCheck): RetryOptions {
  return { log, signal, delays };
}

/** Parts of an earlier image of that name would be joined with those of this one. */
function clearStale(
  api: ReleaseApi,
  release: Release,
  files: readonly ReleaseFile[],
  { image, overwrite }: ReleaseUpload,
  options: RetryOptions,
): Promise<void> {
  const kept = new Set(files.map(({ name }) => name));
  const clear = async (): Promise<void> => {
    const assets = await api.assets(release);
    const stale = assets.filter(({ name }) => isOfImage(basename(image.path), name) && !kept.has(name));
    for (const asset of stale) {
      if (asset.isComplete && !overwrite) {
        throw nameTaken(asset.name);
      }
      await api.deleteAsset(asset);
    }
  };
  return withRetries('clear the release of an earlier image', clear, options);
}

async function sendAll(
  api: ReleaseApi,
  release: Release,
  files: readonly ReleaseFile[],
  { overwrite, onProgress }: ReleaseUpload,
  options: RetryOptions,
): Promise<readonly Asset[]> {
  const total = files.reduce((sum, { length }) => sum + length, 0);
  const assets: Asset[] = [];
  let before = 0;
  for (const file of files) {
    const report = (bytes: number): void => onProgress?.(before + bytes, total);
    assets.push(await sendFile(api, release, file, { ...options, overwrite, onProgress: report }));
    before += file.length;
  }
  return assets;
}

/** Another job may have changed them since the draft was found or made. */
function changeNotes(
  api: ReleaseApi,
  release: Release,
  name: string,
  section: string,
  options: RetryOptions,
): Promise<void> {
  const change = async (): Promise<void> => {
    const current = (await api.findDrafts(release.tag)).find(({ id }) => id === release.id);
    // It may have been published in the meantime.
    if (current === undefined) {
      return;
    }
    const notes = withSection(current.body, name, section);
    if (notes.length > LONGEST_NOTES) {
      options.log.info('The notes of the draft are left as they are: they are full.');
    } else if (notes !== current.body) {
      await api.setBody(current, notes);
    }
  };
  return withRetries('change the notes of the draft', change, options);
}

/** Characters that GitHub lets the notes of a release have. */
const LONGEST_NOTES = 125_000;
