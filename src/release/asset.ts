import { createHash } from 'node:crypto';
import { UserError, userError } from '../errors/user-error.ts';
import { RERUN_UNDISTURBED } from '../image/finished-file.ts';
import { printable } from '../text/printable.ts';
import type { Asset, ReleaseConnection } from './api.ts';
import { isNameTaken, nameTaken, type Operation, readFailure } from './explain.ts';
import type { ReleaseFile } from './files.ts';
import { readRange } from './read-range.ts';
import { withRetries } from './retry.ts';

export interface SendOptions {
  /** Replace a file of the same name. */
  readonly overwrite: boolean;
  /** Called with the number of bytes of the file that have been sent. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Adds a file to a release. An existing file with the same contents is kept, so that a job can be run again; the remains of
 * an interrupted upload are deleted. The size and hash that GitHub stored must be those of the file; otherwise it is deleted
 * again. Throws a `UserError` with a code.
 */
export function sendFile(connection: ReleaseConnection, file: ReleaseFile, options: SendOptions): Promise<Asset> {
  const { api, release, log } = connection;
  return withRetries(
    uploadOperation(file.name),
    async () => {
      const existing = (await api.assets(release)).find((asset) => asset.name === file.name);
      if (existing !== undefined) {
        if (existing.isComplete && hasContents(existing, file)) {
          log.info(`${printable(file.name)} is already in the release, with the same contents.`);
          options.onProgress(file.length);
          return existing;
        }
        if (existing.isComplete && !options.overwrite) {
          throw nameTaken(file.name);
        }
        await api.deleteAsset(existing);
      }
      return await sendAndCompare(connection, file, options);
    },
    connection,
  );
}

/** The upload of a release file. */
export function uploadOperation(name: string): Operation {
  return { title: 'A release file could not be uploaded', what: `upload ${printable(name)} to the release` };
}

/** A file whose hash GitHub does not have is taken as different. */
function hasContents({ size, sha256 }: Asset, file: ReleaseFile): boolean {
  return size === file.length && sha256 === file.sha256;
}

async function sendAndCompare(
  connection: ReleaseConnection,
  file: ReleaseFile,
  { onProgress }: SendOptions,
): Promise<Asset> {
  const hash = createHash('sha256');
  async function* contents(): AsyncGenerator<Buffer> {
    let sent = 0;
    for await (const bytes of readRange(file.path, file)) {
      hash.update(bytes);
      sent += bytes.length;
      onProgress(sent);
      yield bytes;
    }
  }
  // Closes the file: the client does not end the generator if it stops reading.
  await using body = contents();
  const asset = await upload(connection, file, body);
  const difference = describeDifference(file, asset, hash.digest('hex'));
  if (difference !== undefined) {
    await deleteMismatch(connection, asset, difference);
  }
  return asset;
}

async function upload(
  { api, release }: ReleaseConnection,
  { name, length: size }: ReleaseFile,
  contents: AsyncIterable<Uint8Array>,
): Promise<Asset> {
  try {
    return await api.upload(release, { name, size, contents });
  } catch (error) {
    if (isNameTaken(readFailure(error))) {
      throw nameTaken(name);
    }
    throw userErrorWithin(error) ?? error;
  }
}

/** The first `UserError` among an error and its causes: octokit wraps an error of the contents as a failed request. */
function userErrorWithin(error: unknown): UserError | undefined {
  if (error instanceof UserError) {
    return error;
  }
  return error instanceof Error ? userErrorWithin(error.cause) : undefined;
}

/** Deletes an asset that differs from the verified file, and throws. */
async function deleteMismatch({ api }: ReleaseConnection, asset: Asset, difference: string): Promise<never> {
  const mismatch = {
    title: 'A release file differs from the verified file',
    message: `The release file ${printable(asset.name)} differs from the verified file: ${difference}.`,
    code: 'MISMATCH',
  };
  try {
    await api.deleteAsset(asset);
  } catch (cause) {
    throw userError({
      ...mismatch,
      message: `${mismatch.message} It could not be deleted.`,
      remedy: 'Delete the file from the release manually, and re-run the job.',
      cause,
    });
  }
  throw userError({ ...mismatch, message: `${mismatch.message} It was deleted again.`, remedy: RERUN_UNDISTURBED });
}

/** Describes how an asset, or the bytes that were sent, differ from the file; `undefined` if they do not. */
function describeDifference(file: ReleaseFile, asset: Asset, sentSha256: string): string | undefined {
  if (sentSha256 !== file.sha256) {
    return `bytes with the SHA-256 ${sentSha256} were sent, but ${file.sha256} was verified`;
  }
  if (asset.name !== file.name) {
    return `GitHub named it ${printable(asset.name)}`;
  }
  if (asset.size !== file.length) {
    return `GitHub stored ${asset.size} bytes, but the file has ${file.length}`;
  }
  if (asset.sha256 !== undefined && asset.sha256 !== file.sha256) {
    return `GitHub stored bytes with the SHA-256 ${asset.sha256}, but the file has ${file.sha256}`;
  }
  return undefined;
}
