import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { AZURITE_ACCOUNT, type Azurite, startAzurite } from './artifact-azurite.ts';
import { createFaults, type Faults, failRequest, type Operation } from './artifact-faults.ts';
import { createArtifactStore, type StoredArtifact } from './artifact-store.ts';
import { serveTwirp, TWIRP_PREFIX, type TwirpService } from './artifact-twirp.ts';
import { PATIENT } from './patient-server.ts';

/** An artifact service as of GitHub Actions: its protocol, and a real Azurite for the contents. */
export interface ArtifactService extends Pick<Faults, 'inject'> {
  /** Variables that the runner sets for an action. */
  readonly environment: Readonly<Record<string, string>>;
  /** The artifacts whose upload is complete. */
  artifacts(): readonly StoredArtifact[];
  /** The contents of an artifact, read back from the blob storage. */
  read(name: string): Promise<Buffer>;
  /** Number of requests of an operation, including those with a fault. */
  requests(operation: Operation): number;
  /** The maximum number of simultaneous requests of an operation since the last call. */
  takePeak(operation: Operation): number;
  stop(): Promise<void>;
}

export interface ArtifactServiceOptions {
  /** A running Azurite, which the service does not stop; by default it starts its own. */
  readonly azurite?: Azurite;
  /** Whether an interrupted upload releases its name, unlike on GitHub. */
  readonly forgetsUnfinished?: boolean;
}

const RUN = 'c0ffee00-0000-4000-8000-000000000001';
const JOB = 'c0ffee00-0000-4000-8000-000000000002';
const HOUR = 60 * 60 * 1000;

/** Starts the service on a free port of the loopback interface. */
export async function startArtifactService(options: ArtifactServiceOptions = {}): Promise<ArtifactService> {
  const azurite = options.azurite ?? (await startAzurite());
  const store = await createArtifactStore(azurite, options.forgetsUnfinished ?? false);
  const faults = createFaults();
  const counts = new Map<Operation, { requests: number; underWay: number; peak: number; waiting: (() => void)[] }>();
  const countOf = (operation: Operation) => {
    const count = counts.get(operation) ?? { requests: 0, underWay: 0, peak: 0, waiting: [] };
    counts.set(operation, count);
    return count;
  };
  let origin = '';
  const twirp: TwirpService = {
    store,
    token: createToken(),
    run: RUN,
    job: JOB,
    async signUrl(artifact, permissions, isExpired) {
      const expiresOn = new Date(Date.now() + (isExpired ? -HOUR / 60 : HOUR));
      return origin + (await azurite.signedPath(store.container, artifact.blob, permissions, expiresOn));
    },
  };

  const server = createServer(PATIENT, (request, response) => {
    const operation = operationOf(request);
    if (operation === undefined) {
      response.writeHead(404).end();
      return;
    }
    const count = countOf(operation);
    count.requests++;
    count.peak = Math.max(count.peak, ++count.underWay);
    response.once('close', () => count.underWay--);
    const fault = faults.take(operation);
    if (failRequest(request, response, fault)) {
      return;
    }
    const carryOut = (): void => {
      if (request.url?.startsWith(TWIRP_PREFIX) === true) {
        serveTwirp(twirp, { operation, request, response, fault }).catch((error) => response.destroy(error));
      } else {
        forward(azurite.origin, request, response);
      }
    };
    count.waiting.push(carryOut);
    if (fault?.kind === 'gather' && count.peak < fault.count) {
      return;
    }
    for (const next of count.waiting.splice(0)) {
      next();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The artifact service does not listen on a port.');
  }
  origin = `http://127.0.0.1:${address.port}`;

  return {
    environment: {
      ACTIONS_RESULTS_URL: `${origin}/`,
      ACTIONS_RUNTIME_TOKEN: twirp.token,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'example/example',
      GITHUB_RUN_ID: '1',
      // Otherwise the client of the blob storage would use a proxy.
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
    },
    inject: faults.inject,
    artifacts: store.finalized,
    read: store.read,
    requests: (operation) => countOf(operation).requests,
    takePeak(operation) {
      const { peak } = countOf(operation);
      countOf(operation).peak = 0;
      return peak;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      if (options.azurite === undefined) {
        await azurite.stop();
      }
    },
  };
}

/** A token like the runner's, but without a signature: the client only reads its claims. */
function createToken(): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ scp: `Actions.Results:${RUN}:${JOB}` })}.`;
}

const TWIRP_OPERATIONS: readonly Operation[] = [
  'CreateArtifact',
  'FinalizeArtifact',
  'ListArtifacts',
  'GetSignedArtifactURL',
  'DeleteArtifact',
];

/** By the query parameter `comp`. */
const PUT_OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['block', 'PutBlock'],
  ['blocklist', 'PutBlockList'],
]);

function operationOf({ method, url = '' }: IncomingMessage): Operation | undefined {
  if (url.startsWith(TWIRP_PREFIX)) {
    return TWIRP_OPERATIONS.find((name) => url === TWIRP_PREFIX + name);
  }
  if (!url.startsWith(`/${AZURITE_ACCOUNT}/`)) {
    return undefined;
  }
  if (method === 'GET' || method === 'HEAD') {
    return 'GetBlob';
  }
  if (method !== 'PUT') {
    return undefined;
  }
  const part = new URLSearchParams(url.slice(url.indexOf('?'))).get('comp') ?? '';
  return PUT_OPERATIONS.get(part);
}

/** Forwards a request to the blob storage, and the response back. */
function forward(origin: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url = '' } = request;
  // On a connection of its own: Azurite closes idle ones, at a moment when one may be used again.
  const forwarded = sendRequest(new URL(url, origin), { method, headers, agent: false }, (received) => {
    response.writeHead(received.statusCode ?? 502, received.headers);
    received.pipe(response);
  });
  forwarded.once('error', () => response.destroy());
  request.once('close', () => {
    if (!request.complete) {
      forwarded.destroy();
    }
  });
  request.pipe(forwarded);
}
