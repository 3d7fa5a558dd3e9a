import { basename, dirname } from 'node:path';
import { UserError, userError } from '../errors/user-error.ts';
import { checkUnchanged, type FinishedFile, RERUN_UNDISTURBED } from '../image/finished-file.ts';
import type { Log } from '../runner/log.ts';
import { printable } from '../text/printable.ts';
import { askClient, ClientError, type ClientOptions } from './client-thread.ts';
import { explainClientError, isTransient, NOT_UPLOADED } from './explain.ts';
import type { ArtifactDetails, Unconfirmed } from './upload-worker.ts';

export interface ArtifactUpload {
  /** The artifact is named after it. */
  readonly file: FinishedFile;
  /** Replace an artifact of the same name. */
  readonly overwrite: boolean;
  /** `undefined` for the repository's setting. */
  readonly retentionDays: number | undefined;
  readonly log: Pick<Log, 'info' | 'detail' | 'warning'>;
  /** Called with the number of bytes uploaded so far. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Cancels the upload. */
  readonly signal?: AbortSignal;
  /** Milliseconds for all attempts together; two hours by default, twice the time that an upload URL is valid for. */
  readonly timeLimit?: number;
  /** Environment variables, in place of those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface PublishedArtifact {
  readonly id: number;
  readonly name: string;
  /** The artifact's page; `undefined` if the runner does not name the repository and the run. */
  readonly url: string | undefined;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

/**
 * Uploads a file, not zipped, as an artifact of the workflow run. The size and hash that the client sent and that the
 * service stored must be those of the file; otherwise the artifact is deleted again. A network failure causes a second
 * attempt with fewer connections.
 *
 * Throws a `UserError` with a code, and the signal's reason if that cancelled the upload.
 */
export async function uploadArtifact(upload: ArtifactUpload): Promise<PublishedArtifact> {
  const { file, signal, timeLimit = TIME_LIMIT, environment = process.env } = upload;
  checkUnchanged(file);
  const limit = new AbortController();
  using _timer = setTimeout(() => limit.abort(timeLimitError(timeLimit)), timeLimit);
  const client: ClientOptions = {
    environment,
    log: upload.log,
    onProgress: (bytes) => upload.onProgress?.(bytes, file.size),
    signal: signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal]),
  };
  const { sent, stored } = await uploadWithRetry(upload, client);
  const difference = describeDifference(file, 'sent', sent) ?? compareStored(upload, sent, stored);
  if (difference !== undefined) {
    await deleteMismatch(file, difference, client);
  }
  return { id: sent.id, name: basename(file.path), url: artifactUrl(sent.id, environment), digest: file.sha256 };
}

const TIME_LIMIT = 2 * 60 * 60 * 1000;

function timeLimitError(timeLimit: number): UserError {
  return userError({
    title: NOT_UPLOADED,
    message: `The upload was cancelled because it was still running after ${Math.round(timeLimit / 1000)} s.`,
    remedy:
      'Re-run the job. If it takes that long again, make the image smaller, or use a runner with a faster connection.',
    code: 'TIME_LIMIT',
  });
}

interface Uploaded {
  readonly sent: ArtifactDetails;
  readonly stored: ArtifactDetails | Unconfirmed;
}

const CONCURRENCY = 'ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY';
/** Blocks that are uploaded at the same time; the client's default, chosen for stability, is 5. */
const FAST = 16;
const CAREFUL = 5;

/** Makes one attempt at full speed and, if the network fails, one with few connections. */
async function uploadWithRetry(upload: ArtifactUpload, client: ClientOptions): Promise<Uploaded> {
  const concurrency = Number(client.environment[CONCURRENCY]) || FAST;
  try {
    return await uploadOnce(upload, withConcurrency(client, concurrency));
  } catch (error) {
    if (!(error instanceof UserError && isTransient(error))) {
      throw error;
    }
    const careful = Math.min(CAREFUL, concurrency);
    upload.log.info(`${error.message} Trying again with ${careful} connections.`);
    return await uploadAgain(upload, withConcurrency(client, careful), error);
  }
}

function withConcurrency(client: ClientOptions, concurrency: number): ClientOptions {
  return { ...client, environment: { ...client.environment, [CONCURRENCY]: String(concurrency) } };
}

async function uploadOnce(
  { file, overwrite, retentionDays }: ArtifactUpload,
  client: ClientOptions,
): Promise<Uploaded> {
  const { path } = file;
  const name = basename(path);
  try {
    return await askClient(
      { kind: 'upload', file: path, name, directory: dirname(path), overwrite, retentionDays },
      client,
    );
  } catch (error) {
    throw error instanceof ClientError ? explainClientError(error, name, overwrite) : error;
  }
}

async function uploadAgain(upload: ArtifactUpload, client: ClientOptions, first: UserError): Promise<Uploaded> {
  try {
    return await uploadOnce(upload, client);
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'NAME_TAKEN')) {
      throw error;
    }
  }
  // The first attempt took the name. It may have succeeded, and only the response to its last request was lost.
  const stored = await findArtifact(basename(upload.file.path), client);
  if (stored?.digest !== upload.file.sha256) {
    const { title, message, remedy, code, cause } = first;
    throw userError({
      title,
      message: `${message} A second attempt was refused: the artifact service keeps the name of the interrupted upload until the run ends.`,
      remedy,
      code,
      cause,
    });
  }
  return { sent: stored, stored };
}

async function findArtifact(name: string, client: ClientOptions): Promise<ArtifactDetails | undefined> {
  try {
    const { stored } = await askClient({ kind: 'find', name }, client);
    return stored;
  } catch (error) {
    if (error instanceof ClientError) {
      return undefined;
    }
    throw error;
  }
}

/** Compares what the service stored. It is not an error if the service does not confirm the artifact, but it is logged. */
function compareStored(
  { file, log }: ArtifactUpload,
  sent: ArtifactDetails,
  stored: ArtifactDetails | Unconfirmed,
): string | undefined {
  if ('reason' in stored) {
    log.info(`The artifact service did not confirm the size and hash of the artifact: ${stored.reason}`);
    return undefined;
  }
  if (stored.id !== sent.id) {
    log.info(
      `The artifact service described the artifact ${stored.id} instead of ${sent.id}: size and hash not confirmed.`,
    );
    return undefined;
  }
  return describeDifference(file, 'stored', stored);
}

/** Describes how an artifact differs from the file; `undefined` if it does not. */
function describeDifference(
  file: FinishedFile,
  verb: 'sent' | 'stored',
  { size, digest }: ArtifactDetails,
): string | undefined {
  if (size !== file.size) {
    return `${size} bytes were ${verb}, but the file has ${file.size}`;
  }
  if (digest !== undefined && digest !== file.sha256) {
    return `bytes with the SHA-256 ${printable(digest)} were ${verb}, but the file has ${file.sha256}`;
  }
  return undefined;
}

/** Deletes an artifact that differs from the verified file, and throws. */
async function deleteMismatch({ path }: FinishedFile, difference: string, client: ClientOptions): Promise<never> {
  const name = basename(path);
  const mismatch = {
    title: 'The artifact differs from the verified image',
    message: `The artifact ${printable(name)} differs from the verified image: ${difference}.`,
    code: 'MISMATCH',
  };
  try {
    await askClient({ kind: 'delete', name }, client);
  } catch (cause) {
    if (!(cause instanceof ClientError)) {
      throw cause;
    }
    throw userError({
      ...mismatch,
      message: `${mismatch.message} It could not be deleted.`,
      remedy: 'Delete the artifact manually, and re-run the job.',
      cause,
    });
  }
  throw userError({ ...mismatch, message: `${mismatch.message} It was deleted again.`, remedy: RERUN_UNDISTURBED });
}

function artifactUrl(id: number, environment: ClientOptions['environment']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (!server || !repository || !run) {
    return undefined;
  }
  return `${server}/${repository}/actions/runs/${run}/artifacts/${id}`;
}
