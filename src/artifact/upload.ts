import { basename, dirname } from 'node:path';
import { printable } from '../text/printable.ts';
import { CHECK_DIRECTORY, checkFile, describeDifference, describeStored, type Verified } from './check.ts';
import { readClientLine, type UploadLog } from './client-line.ts';
import { askClient } from './client-thread.ts';
import { explainClientError } from './explain.ts';
import { isPassing, type UploadError, uploadError } from './upload-error.ts';
import type { UploadAnswer, Uploaded, UploadTask } from './upload-worker.ts';

export interface ArtifactUpload extends Verified {
  /** The file to upload; its base name becomes the artifact's name. */
  readonly file: string;
  /** Replace an artifact of the same name. */
  readonly overwrite: boolean;
  /** `undefined` for what is set for the repository. */
  readonly retentionDays: number | undefined;
  readonly log: UploadLog;
  /** Called with the bytes that are uploaded so far. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Breaks the upload off. */
  readonly signal?: AbortSignal;
  /** Milliseconds that the whole may take; two hours if left out, twice what an upload's address is valid for. */
  readonly timeLimit?: number;
  /** Environment variables, in place of this process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface PublishedArtifact {
  readonly id: number;
  readonly name: string;
  /** Page of the artifact; `undefined` where the runner does not tell of which repository and run this is. */
  readonly url: string | undefined;
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
}

/**
 * Uploads a file as an artifact of the workflow's run: as it is, not zipped. What the client has sent, and what the
 * service says it has, must be of the size and hash that the file is known to have, or the artifact is deleted again.
 *
 * Throws an `UploadError`. If the network fails, a second attempt is made with fewer connections.
 */
export async function uploadArtifact(upload: ArtifactUpload): Promise<PublishedArtifact> {
  checkFile(upload.file, upload.size);
  const limit = new AbortController();
  const timeLimit = upload.timeLimit ?? TIME_LIMIT;
  const timer = setTimeout(() => limit.abort(tooLong(timeLimit)), timeLimit);
  const signal = upload.signal === undefined ? limit.signal : AbortSignal.any([limit.signal, upload.signal]);
  try {
    return await sendAndCompare(upload, signal);
  } finally {
    clearTimeout(timer);
  }
}

async function sendAndCompare(upload: ArtifactUpload, signal: AbortSignal): Promise<PublishedArtifact> {
  const environment = upload.environment ?? process.env;
  const ask: Ask = (task, concurrency) =>
    askClient(task, {
      environment: { ...environment, [CONCURRENCY]: String(concurrency) },
      onLine: (line) => readClientLine(line, upload.log, (bytes) => upload.onProgress?.(bytes, upload.size)),
      signal,
    });
  const { sent, stored } = await sendTwice(upload, ask, Number(environment[CONCURRENCY]) || FAST);
  const wrong = describeDifference(upload, 'was sent', sent) ?? describeStored(upload, sent, stored, upload.log);
  if (wrong !== undefined) {
    throw await takeBack(upload, wrong, ask);
  }
  const name = basename(upload.file);
  return { id: sent.id, name, url: artifactUrl(sent.id, environment), digest: upload.sha256 };
}

const CONCURRENCY = 'ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY';
/** Blocks on their way at once: the client's own number, made for stability, is 5. */
const FAST = 16;
const CAREFUL = 5;
const TIME_LIMIT = 2 * 60 * 60 * 1000;

type Ask = (task: UploadTask, concurrency: number) => Promise<UploadAnswer>;

/** One attempt at full speed, and if the network fails, one with few connections. */
async function sendTwice(upload: ArtifactUpload, ask: Ask, concurrency: number): Promise<Uploaded> {
  const first = await send(upload, ask, concurrency);
  if ('kind' in first) {
    return first;
  }
  if (!isPassing(first)) {
    throw first;
  }
  const careful = Math.min(CAREFUL, concurrency);
  upload.log.info(`${first.message} Trying again with ${careful} connections.`);
  const second = await send(upload, ask, careful);
  if ('kind' in second) {
    return second;
  }
  if (second.code !== 'NAME_TAKEN') {
    throw second;
  }
  // What is in the way is the first attempt: all that failed may have been the answer to its last request.
  const answer = await ask({ kind: 'find', name: basename(upload.file) }, careful);
  if (answer.kind !== 'found' || answer.stored.digest !== upload.sha256) {
    throw nameIsStuck(first);
  }
  return { kind: 'uploaded', sent: answer.stored, stored: answer.stored };
}

async function send(upload: ArtifactUpload, ask: Ask, concurrency: number): Promise<Uploaded | UploadError> {
  const { file, overwrite, retentionDays } = upload;
  const name = basename(file);
  const answer = await ask(
    { kind: 'upload', file, name, directory: dirname(file), overwrite, retentionDays },
    concurrency,
  );
  if (answer.kind === 'uploaded') {
    return answer;
  }
  const error = answer.kind === 'failed' ? answer.error : { message: 'The artifact client gave no answer.' };
  return explainClientError(error, name, overwrite);
}

/** The service keeps the name of an upload that broke off, and neither lists nor deletes it. */
function nameIsStuck(first: UploadError): UploadError {
  return uploadError(
    first.code,
    `${first.message} A second attempt was refused: the artifact service keeps the name of the upload that broke off until the run ends.`,
    first.remedy,
    first.cause,
  );
}

async function takeBack(upload: ArtifactUpload, wrong: string, ask: Ask): Promise<UploadError> {
  const name = basename(upload.file);
  const answer = await ask({ kind: 'delete', name }, CAREFUL);
  const isGone = answer.kind === 'deleted';
  return uploadError(
    'MISMATCH',
    `The artifact ${printable(name)} is not the image that was verified: ${wrong}. ${isGone ? 'It was deleted again.' : 'It could not be deleted.'}`,
    isGone ? `${CHECK_DIRECTORY} Then re-run the job.` : 'Delete the artifact by hand, and re-run the job.',
    answer.kind === 'failed' ? new Error(answer.error.message) : undefined,
  );
}

function tooLong(timeLimit: number): UploadError {
  return uploadError(
    'TIME_LIMIT',
    `The upload was not done after ${Math.round(timeLimit / 1000)} s, and was broken off.`,
    'Re-run the job. If it takes that long again, make the image smaller, or use a runner with a faster connection.',
  );
}

function artifactUrl(id: number, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (!server || !repository || !run) {
    return undefined;
  }
  return `${server}/${repository}/actions/runs/${run}/artifacts/${id}`;
}
