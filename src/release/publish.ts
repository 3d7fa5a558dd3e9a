import { basename } from 'node:path';
import { CHECKSUMS_NAME } from '../companions/checksums.ts';
import type { FinishedFile } from '../image/finished-file.ts';
import type { Log } from '../runner/log.ts';
import { type Asset, type Connection, connect, type ReleaseConnection } from './api.ts';
import { sendFile } from './asset.ts';
import { nameTaken, releaseFull } from './explain.ts';
import { isOfImage, type ReleaseFile, releaseFile, releaseFilesOfImage } from './files.ts';
import { findOrCreate, findRelease } from './find.ts';
import { addChecksums } from './merge-checksums.ts';
import { updateNotes, withSection } from './notes.ts';
import { DEFAULT_DELAYS, withRetries } from './retry.ts';
import { joinCommand, LARGEST_ASSET } from './split.ts';
import { releaseTarget } from './target.ts';

export interface ReleaseUpload {
  readonly tag: string;
  readonly token: string;
  readonly image: FinishedFile;
  /** The files that go with the image. */
  readonly others: readonly FinishedFile[];
  /** Renders the section on the image for the notes of a draft, as Markdown. `join` joins the parts of a split image. */
  readonly notes: (join: string | undefined) => string;
  /** Replace files of the same names. */
  readonly overwrite: boolean;
  readonly log: Pick<Log, 'info'>;
  /** Called with the number of bytes sent so far. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Cancels the upload. */
  readonly signal: AbortSignal;
  /** Environment variables, in place of those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Bytes of the largest file that a release accepts. */
  readonly limit?: number;
  /** Milliseconds to wait before each further attempt at a request. */
  readonly delays?: readonly number[];
}

export interface PublishedRelease {
  readonly tag: string;
  /** URL of its page. */
  readonly url: string;
  readonly isDraft: boolean;
  /** The files that this run added or found unchanged. */
  readonly files: readonly { readonly name: string; readonly url: string; readonly size: number }[];
  /** The command that joins the parts of the image; `undefined` if it was not split. */
  readonly joinCommand: string | undefined;
}

/** What `checkRelease` needs of a `ReleaseUpload`. */
export interface ReleaseCheck
  extends Pick<ReleaseUpload, 'tag' | 'token' | 'log' | 'signal' | 'environment' | 'delays'> {
  /** The name of the image, and those of the files that go with it. */
  readonly imageName: string;
  readonly otherNames: readonly string[];
}

/**
 * Checks, before any work, that the token is valid and that the files can be added to the release if it exists. Write
 * permission cannot be checked without writing. Throws a `UserError` with a code.
 */
export async function checkRelease(check: ReleaseCheck): Promise<void> {
  const connection = await connectTo(check);
  const release = await findRelease(connection, check.tag);
  if (release !== undefined) {
    const { imageName, otherNames } = check;
    const isReplaced = (name: string): boolean => isOfImage(imageName, name);
    await checkCapacity({ ...connection, release }, [imageName, ...otherNames], isReplaced);
  }
}

/**
 * Adds an image and its other files to the release of a tag, and creates a draft if there is none. An image that is too
 * large for a release is sent in parts, read from the one file. SHA256SUMS lists all files, and also the whole image, to
 * check it once it is joined. Throws a `UserError` with a code, and the signal's reason if that cancelled the upload.
 */
export async function publishRelease(upload: ReleaseUpload): Promise<PublishedRelease> {
  const { image, tag, log, limit = LARGEST_ASSET } = upload;
  const imageName = basename(image.path);
  const parts = await releaseFilesOfImage(image, limit);
  const files = [...parts, ...upload.others.map(releaseFile)];
  const join = joinCommand(imageName, parts.length);
  const notes = upload.notes(join);

  const connection = await connectTo(upload);
  const release = await findOrCreate(connection, tag, withSection('', imageName, notes));
  const opened = { ...connection, release };
  await deleteStale(opened, files, upload);
  await checkCapacity(opened, [...files.map(({ name }) => name), CHECKSUMS_NAME]);
  const assets = await sendAll(opened, files, upload);
  const checksums = [...files, { name: imageName, sha256: image.sha256 }];
  const list = await addChecksums(opened, checksums, (name) => isOfImage(imageName, name));
  if (release.isDraft) {
    await updateNotes(opened, imageName, notes);
  } else if (join !== undefined) {
    log.info(`The notes of a published release are not changed. Command to join the parts of the image: ${join}`);
  }
  const added = [...assets, list].map(({ name, url, size }) => ({ name, url, size }));
  return { tag, url: release.url, isDraft: release.isDraft, files: added, joinCommand: join };
}

async function connectTo(check: Omit<ReleaseCheck, 'imageName' | 'otherNames'>): Promise<Connection> {
  const { token, log, signal, environment, delays = DEFAULT_DELAYS } = check;
  const api = await connect(releaseTarget(environment), token, signal);
  return { api, log, signal, delays };
}

/** Files that GitHub allows in a release (docs.github.com, "About releases"). */
const MOST_ASSETS = 1000;

/** Throws a `UserError` if a release cannot have files of these names beside those that it has and that are not replaced. */
function checkCapacity(
  connection: ReleaseConnection,
  names: readonly string[],
  isReplaced: (name: string) => boolean = () => false,
): Promise<void> {
  const { api, release } = connection;
  const operation = { title: 'The release could not be looked up', what: 'list the files of the release' };
  return withRetries(
    operation,
    async () => {
      const assets = await api.assets(release);
      const present = new Set(assets.map(({ name }) => name).filter((name) => !isReplaced(name)));
      const added = names.filter((name) => !present.has(name)).length;
      if (added > 0 && present.size + added > MOST_ASSETS) {
        throw releaseFull({ tag: release.tag, present: present.size, added, most: MOST_ASSETS });
      }
    },
    connection,
  );
}

/** Deletes the parts of an earlier image of the same name: they would be joined with those of this one. */
function deleteStale(
  connection: ReleaseConnection,
  files: readonly ReleaseFile[],
  { image, overwrite }: ReleaseUpload,
): Promise<void> {
  const { api, release } = connection;
  const kept = new Set(files.map(({ name }) => name));
  const operation = {
    title: 'An earlier image could not be deleted from the release',
    what: 'delete an earlier image from the release',
  };
  return withRetries(
    operation,
    async () => {
      const assets = await api.assets(release);
      const stale = assets.filter(({ name }) => isOfImage(basename(image.path), name) && !kept.has(name));
      for (const asset of stale) {
        if (asset.isComplete && !overwrite) {
          throw nameTaken(asset.name);
        }
        await api.deleteAsset(asset);
      }
    },
    connection,
  );
}

async function sendAll(
  connection: ReleaseConnection,
  files: readonly ReleaseFile[],
  { overwrite, onProgress }: ReleaseUpload,
): Promise<readonly Asset[]> {
  const total = files.reduce((sum, { length }) => sum + length, 0);
  const assets: Asset[] = [];
  let sent = 0;
  for (const file of files) {
    const before = sent;
    const report = (bytes: number): void => onProgress?.(before + bytes, total);
    assets.push(await sendFile(connection, file, { overwrite, onProgress: report }));
    sent += file.length;
  }
  return assets;
}
