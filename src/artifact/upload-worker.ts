/**
 * Entry of the worker thread that talks to the artifact service. The artifact client cannot be cancelled, throws outside
 * of its promises, reports progress on standard output and is configured by environment variables. In a thread of its own
 * it can be ended, its errors can be caught, its output can be read, and it has its own variables.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { ArtifactNotFoundError, DefaultArtifactClient } from '@actions/artifact';

export type ClientTask =
  | {
      readonly kind: 'upload';
      /** The artifact is named after the file. */
      readonly file: string;
      readonly name: string;
      readonly directory: string;
      readonly overwrite: boolean;
      readonly retentionDays: number | undefined;
    }
  | { readonly kind: 'find'; readonly name: string }
  | { readonly kind: 'delete'; readonly name: string };

/** An artifact as the client or the service describes it. */
export interface ArtifactDetails {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 in hexadecimal; the service may leave it out. */
  readonly digest: string | undefined;
}

/** Why the service did not describe a stored artifact. */
export interface Unconfirmed {
  readonly reason: string;
}

export type ClientAnswer =
  | {
      readonly kind: 'upload';
      /** What the client sent. */
      readonly sent: ArtifactDetails;
      /** What the service stored. */
      readonly stored: ArtifactDetails | Unconfirmed;
    }
  | { readonly kind: 'find'; readonly stored: ArtifactDetails }
  | { readonly kind: 'delete' };

/** An error of the artifact client: errors lose their properties on the way to another thread. */
export interface ClientFailure {
  readonly kind: 'failure';
  readonly message: string;
  /** Of the operating system or the blob storage, such as `AuthenticationFailed`. */
  readonly code?: string | undefined;
  /** HTTP status of the blob storage; that of the artifact service is part of the message. */
  readonly statusCode?: number | undefined;
}

parentPort?.postMessage(await perform(workerData).catch(describeError));

async function perform(task: ClientTask): Promise<ClientAnswer> {
  const client = new DefaultArtifactClient();
  switch (task.kind) {
    case 'upload':
      return upload(client, task);
    case 'find':
      return { kind: 'find', stored: await find(client, task.name) };
    case 'delete':
      await client.deleteArtifact(task.name);
      return { kind: 'delete' };
  }
}

async function upload(
  client: DefaultArtifactClient,
  { file, name, directory, overwrite, retentionDays }: Extract<ClientTask, { kind: 'upload' }>,
): Promise<ClientAnswer> {
  if (overwrite) {
    await deleteIfPresent(client, name);
  }
  const { id, size, digest } = await client.uploadArtifact(name, [file], directory, {
    skipArchive: true,
    ...(retentionDays === undefined ? {} : { retentionDays }),
  });
  if (id === undefined || size === undefined || digest === undefined) {
    throw new Error('The artifact client did not report what it sent.');
  }
  const stored = await find(client, name).catch((error) => ({ reason: describeError(error).message }));
  return { kind: 'upload', sent: { id, size, digest }, stored };
}

async function deleteIfPresent(client: DefaultArtifactClient, name: string): Promise<void> {
  try {
    await client.deleteArtifact(name);
  } catch (error) {
    if (!(error instanceof ArtifactNotFoundError)) {
      throw error;
    }
  }
}

async function find(client: DefaultArtifactClient, name: string): Promise<ArtifactDetails> {
  const { artifact } = await client.getArtifact(name);
  return { id: artifact.id, size: artifact.size, digest: artifact.digest?.replace(/^sha256:/, '') };
}

function describeError(error: unknown): ClientFailure {
  if (!(error instanceof Error)) {
    return { kind: 'failure', message: String(error) };
  }
  const code: unknown = Reflect.get(error, 'code');
  const statusCode: unknown = Reflect.get(error, 'statusCode');
  return {
    kind: 'failure',
    message: error.message,
    code: typeof code === 'string' ? code : undefined,
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
  };
}
