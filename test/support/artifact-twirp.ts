import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Fault, Operation } from './artifact-faults.ts';
import type { ArtifactStore, StoredArtifact } from './artifact-store.ts';

/** The Twirp protocol of the artifact service: JSON over POST, fields in snake case, 64-bit numbers as text. */
export interface TwirpService {
  readonly store: ArtifactStore;
  /** The token of valid requests, and the run and job that it is for. */
  readonly token: string;
  readonly run: string;
  readonly job: string;
  /** Creates a URL to write (`cw`) or read (`r`) a blob, which is valid for some time or has expired. */
  signUrl(artifact: StoredArtifact, permissions: string, isExpired: boolean): Promise<string>;
}

export const TWIRP_PREFIX = '/twirp/github.actions.results.api.v1.ArtifactService/';

type Fields = Readonly<Record<string, unknown>>;
/** The status of a response, and the fields of the result or the error. */
type Answer = readonly [number, Fields];

export interface TwirpRequest {
  readonly operation: Operation;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: Fault | undefined;
}

/** Handles one request. */
export async function serveTwirp(service: TwirpService, received: TwirpRequest): Promise<void> {
  const { request, response, fault } = received;
  const fields: unknown = await json(request);
  const [status, body] = await answer(service, received, fields);
  if (fault?.kind === 'reset-after') {
    request.socket.resetAndDestroy();
  } else {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

async function answer(
  service: TwirpService,
  { operation, request, fault }: TwirpRequest,
  fields: unknown,
): Promise<Answer> {
  if (request.headers.authorization !== `Bearer ${service.token}`) {
    return [401, { code: 'unauthenticated', msg: 'invalid token' }];
  }
  if (!isFields(fields)) {
    return [400, { code: 'malformed', msg: 'not an object' }];
  }
  if (fields.workflow_run_backend_id !== service.run || fields.workflow_job_run_backend_id !== service.job) {
    return [403, { code: 'permission_denied', msg: 'the token is for another run or job' }];
  }
  switch (operation) {
    case 'CreateArtifact':
      return create(service, fields, fault?.kind === 'expired');
    case 'FinalizeArtifact':
      return finalize(service, fields);
    case 'ListArtifacts':
      return list(service, fields, fault);
    case 'GetSignedArtifactURL': {
      const artifact = service.store.finalized().find(({ name }) => name === fields.name);
      if (artifact === undefined) {
        return NOT_FOUND;
      }
      return [200, { name: artifact.name, signed_url: await service.signUrl(artifact, 'r', false) }];
    }
    case 'DeleteArtifact': {
      const artifact = service.store.remove(text(fields.name) ?? '');
      return artifact === undefined ? NOT_FOUND : [200, { ok: true, artifact_id: String(artifact.id) }];
    }
    default:
      return [404, { code: 'bad_route', msg: `no such method: ${operation}` }];
  }
}

const NOT_FOUND: Answer = [404, { code: 'not_found', msg: 'no such artifact' }];

async function create(service: TwirpService, fields: Fields, isExpired: boolean): Promise<Answer> {
  const name = text(fields.name) ?? '';
  if (name === '' || /[":<>|*?\r\n\\/]/.test(name)) {
    return [400, { code: 'invalid_argument', msg: 'the artifact name is not valid' }];
  }
  const artifact = service.store.create(name, text(fields.mime_type), text(fields.expires_at));
  if (artifact === undefined) {
    return [409, { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' }];
  }
  return [200, { ok: true, signed_upload_url: await service.signUrl(artifact, 'cw', isExpired) }];
}

async function finalize(service: TwirpService, fields: Fields): Promise<Answer> {
  const artifact = await service.store.finalize(text(fields.name) ?? '', Number(fields.size), text(fields.hash));
  if (artifact === undefined) {
    return [400, { code: 'invalid_argument', msg: 'no such artifact, or another size' }];
  }
  return [200, { ok: true, artifact_id: String(artifact.id) }];
}

function list(service: TwirpService, fields: Fields, fault: Fault | undefined): Answer {
  const wanted = text(fields.name_filter);
  const artifacts = service.store.finalized().filter(({ name }) => wanted === undefined || name === wanted);
  const described = artifacts.map((artifact) => ({
    workflow_run_backend_id: service.run,
    workflow_job_run_backend_id: service.job,
    database_id: String(artifact.id),
    name: artifact.name,
    size: String(artifact.size),
    created_at: artifact.createdAt,
    ...(artifact.digest === undefined ? {} : { digest: artifact.digest }),
    ...(fault?.kind === 'altered' ? fault.properties : {}),
  }));
  return [200, { artifacts: described }];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
