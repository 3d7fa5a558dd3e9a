/**
 * Entry of the worker thread that talks to the artifact service. The client cannot be stopped, throws outside of its
 * promises, reports on standard output and is set by environment variables: in a thread of its own, it can be ended,
 * its errors are caught, its output is ours to read, and the variables are its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { ArtifactNotFoundError, DefaultArtifactClient } from '@actions/artifact';
import type { ClientError } from './explain.ts';

export type UploadTask =
  | {
      readonly kind: 'upload';
      /** Its base name becomes the artifact's name. */
      readonly file: string;
      readonly name: string;
      readonly directory: string;
      readonly overwrite: boolean;
      readonly retentionDays: number | undefined;
    }
  | { readonly kind: 'find'; readonly name: string }
  | { readonly kind: 'delete'; readonly name: string };

/** An artifact as the client or the service describes it. */
export interface StatedArtifact {
  readonly id: number;
  readonly size: number;
  /** SHA-256 in hexadecimal; the service need not tell it. */
  readonly digest: string | undefined;
}

export interface Uploaded {
  readonly kind: 'uploaded';
  /** What the client says that it has sent. */
  readonly sent: StatedArtifact;
  /** What the service says that it has, or why it did not say. */
  readonly stored: StatedArtifact | ClientError;
}

export type UploadAnswer =
  | Uploaded
  | { readonly kind: 'found'; readonly stored: StatedArtifact }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'failed'; readonly error: ClientError };

parentPort?.postMessage(await perform(workerData).catch((error) => ({ kind: 'failed', error: describe(error) })));

async function perform(task: UploadTask): Promise<UploadAnswer> {
  const client = new DefaultArtifactClient();
  if (task.kind === 'find') {
    return { kind: 'found', stored: await lookUp(client, task.name) };
  }
  if (task.kind === 'delete') {
    await client.deleteArtifact(task.name);
    return { kind: 'deleted' };
  }
  if (task.overwrite) {
    await deleteIfThere(client, task.name);
  }
  const { id, size, digest } = await client.uploadArtifact(task.name, [task.file], task.directory, {
    skipArchive: true,
    ...(task.retentionDays === undefined ? {} : { retentionDays: task.retentionDays }),
  });
  if (id === undefined || size === undefined || digest === undefined) {
    throw new Error('The artifact client did not say what it has sent.');
  }
  return { kind: 'uploaded', sent: { id, size, digest }, stored: await lookUp(client, task.name).catch(describe) };
}

async function deleteIfThere(client: DefaultArtifactClient, name: string): Promise<void> {
  try {
    await client.deleteArtifact(name);
  } catch (error) {
    if (!(error instanceof ArtifactNotFoundError)) {
      throw error;
    }
  }
}

async function lookUp(client: DefaultArtifactClient, name: string): Promise<StatedArtifact> {
  const { artifact } = await client.getArtifact(name);
  return { id: artifact.id, size: artifact.size, digest: artifact.digest?.replace(/^sha256:/, '') };
}

/** Errors lose their properties on the way to another thread. */
function describe(error: unknown): ClientError {
  if (!(error instanceof Error)) {
    return { message: String(error) };
  }
  const code: unknown = Reflect.get(error, 'code');
  const statusCode: unknown = Reflect.get(error, 'statusCode');
  return {
    message: error.message,
    code: typeof code === 'string' ? code : undefined,
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
  };
}
