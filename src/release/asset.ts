import { createHash } from 'node:crypto';
import { CHECK_DIRECTORY } from '../artifact/check.ts';
import type { ByteRange } from '../bytes/source.ts';
import { printable } from '../text/printable.ts';
import type { Asset, Release, ReleaseApi } from './api.ts';
import { type ReleaseError, releaseError } from './error.ts';
import { isNameTaken, readFailure } from './explain.ts';
import { readRange } from './read-range.ts';
import { type RetryOptions, withRetries } from './retry.ts';

/** A file of a release: a range of a file on this machine, whose hash is known. */
export interface ReleaseFile extends ByteRange {
  readonly name: string;
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface SendOptions extends RetryOptions {
  /** Replace a file of the same name. */
  readonly overwrite: boolean;
  /** Called with the bytes of the file that have been handed over. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Makes a file part of a release. One that is there with the same contents stays, so that a job can be run again; what an
 * upload that broke off has left is deleted. What GitHub says that it has must be of the size and hash that the file
 * is known to have, or it is deleted again. Throws a `ReleaseError`.
 */
export function sendFile(api: ReleaseApi, release: Release, file: ReleaseFile, options: SendOptions): Promise<Asset> {
  const name = printable(file.name);
  return withRetries(
    `take ${name}`,
    async () => {
      const existing = (await api.assets(release)).find((asset) => asset.name === file.name);
      if (existing !== undefined) {
        if (existing.isComplete && isSame(existing, file)) {
          options.log.info(`${name} is there already, with the same contents.`);
          options.onProgress(file.length);
          return existing;
        }
        if (existing.isComplete && !options.overwrite) {
          throw nameTaken(file.name);
        }
        await api.deleteAsset(existing);
      }
      return sendAndCompare(api, release, file, options);
    },
    options,
  );
}

/** Says that a release has a file of that name, and how to go on. */
export function nameTaken(name: string): ReleaseError {
  return releaseError(
    'NAME_TAKEN',
    `The release has another file ${printable(name)} already.`,
    'Set overwrite to true to replace it, or give each image its own image-name, such as one with the name of the matrix leg.',
  );
}

/** A hash that GitHub does not tell cannot be compared, and the file is sent again. */
function isSame({ size, sha256 }: Asset, file: ReleaseFile): boolean {
  return size === file.length && sha256 === file.sha256;
}

async function sendAndCompare(
  api: ReleaseApi,
  release: Release,
  file: ReleaseFile,
  options: SendOptions,
): Promise<Asset> {
  const sent = { sha256: createHash('sha256'), bytes: 0 };
  async function* contents(): AsyncGenerator<Buffer> {
    for await (const bytes of readRange(file.path, file)) {
      sent.sha256.update(bytes);
      sent.bytes += bytes.length;
      options.onProgress(sent.bytes);
      yield bytes;
    }
  }
  const body = contents();
  const asset = await api
    .upload(release, { name: file.name, size: file.length, contents: body })
    .catch((error) => {
      throw uploadFailure(error, file.name);
    })
    // Whoever stops reading does not say so, and the file would stay open.
    .finally(() => body.return(undefined));
  const wrong = describeDifference(file, asset, sent.sha256.digest('hex'));
  if (wrong !== undefined) {
    throw await takeBack(api, asset, wrong);
  }
  return asset;
}

async function takeBack(api: ReleaseApi, asset: Asset, wrong: string): Promise<ReleaseError> {
  const failed = await api.deleteAsset(asset).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const isGone = failed === undefined;
  return releaseError(
    'MISMATCH',
    `The file ${printable(asset.name)} of the release is not what was verified: ${wrong}. ${isGone ? 'It was deleted again.' : 'It could not be deleted.'}`,
    isGone ? `${CHECK_DIRECTORY} Then re-run the job.` : 'Delete the file of the release by hand, and re-run the job.',
    failed?.error,
  );
}

/** Octokit wraps what the contents failed with as if it were an answer of the network. */
function uploadFailure(error: unknown, name: string): unknown {
  const failure = readFailure(error);
  if (failure !== undefined && isNameTaken(failure)) {
    return nameTaken(name);
  }
  let cause: unknown = error;
  while (cause instanceof Error) {
    if (Reflect.get(cause, 'code') === 'FILE') {
      return cause;
    }
    cause = cause.cause;
  }
  return error;
}

function describeDifference(file: ReleaseFile, asset: Asset, sentSha256: string): string | undefined {
  if (sentSha256 !== file.sha256) {
    return `bytes with the SHA-256 ${sentSha256} were read, where ${file.sha256} was verified`;
  }
  if (asset.name !== file.name) {
    return `GitHub calls it ${printable(asset.name)}`;
  }
  if (asset.size !== file.length) {
    return `GitHub has ${asset.size} bytes, where the file has ${file.length}`;
  }
  if (asset.sha256 !== undefined && asset.sha256 !== file.sha256) {
    return `GitHub has bytes with the SHA-256 ${asset.sha256}, where the file has ${file.sha256}`;
  }
  return undefined;
}
