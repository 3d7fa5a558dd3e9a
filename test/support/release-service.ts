import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PATIENT } from './patient-server.ts';
import {
  answerRequest,
  READ_TOKEN,
  type ReleaseFault,
  type ReleaseOperation,
  routeOf,
  send,
  WRITE_TOKEN,
} from './release-answers.ts';
import { createReleaseStore, type ReleaseStore } from './release-store.ts';

export interface ReleaseRequest {
  readonly operation: ReleaseOperation;
  readonly headers: IncomingMessage['headers'];
}

/** A server with the part of GitHub's REST API for releases that the action uses. The API and the files have different origins. */
export interface ReleaseService {
  /** Variables that the runner sets for an action. */
  readonly environment: Readonly<Record<string, string>>;
  readonly store: ReleaseStore;
  /** A token with write permission, and one that can only read. */
  readonly token: string;
  readonly readToken: string;
  /** All requests, including those with a fault. */
  readonly requests: readonly ReleaseRequest[];
  /** Skips `skipped` requests of an operation, and injects a fault into the next `times` ones or into all of them. */
  inject(operation: ReleaseOperation, fault: ReleaseFault, times?: number, skipped?: number): { readonly hits: number };
  stop(): Promise<void>;
}

export interface ReleaseServiceOptions {
  /** Files must have fewer bytes. */
  readonly limit?: number;
  /** Whether published releases are immutable. */
  readonly isImmutable?: boolean;
}

/** Starts the service on free ports of the loopback interface. */
export async function startReleaseService(options: ReleaseServiceOptions = {}): Promise<ReleaseService> {
  const store = createReleaseStore(options.isImmutable ?? false);
  const requests: ReleaseRequest[] = [];
  const faults: { operation: ReleaseOperation; fault: ReleaseFault; skipped: number; left: number; hits: number }[] =
    [];
  const take = (operation: ReleaseOperation): ReleaseFault | undefined => {
    const injected = faults.find((candidate) => candidate.operation === operation && candidate.left > 0);
    if (injected === undefined || injected.skipped-- > 0) {
      return undefined;
    }
    injected.left--;
    injected.hits++;
    return injected.fault;
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const route = routeOf(request);
    if (route === undefined) {
      send(response, 404, { message: 'Not Found' });
      return;
    }
    requests.push({ operation: route.operation, headers: request.headers });
    const fault = take(route.operation);
    const context = { store, origins, limit: options.limit ?? 2 ** 31, request, response, fault, ...route };
    answerRequest(context).catch((error) => response.destroy(error));
  };
  const api = createServer(PATIENT, handle);
  // Like uploads.github.com and the storage for downloads, files have another origin.
  const files = createServer(PATIENT, (request, response) => {
    if (request.method === 'POST') {
      handle(request, response);
      return;
    }
    const id = Number(/^\/storage\/(\d+)$/.exec(request.url ?? '')?.[1]);
    const asset = store.asset(id);
    // GitHub's storage also rejects requests with a token: its URLs are signed.
    if (request.headers.authorization !== undefined) {
      send(response, 400, { message: 'unexpected authorization' });
    } else if (asset === undefined) {
      send(response, 404, { message: 'BlobNotFound' });
    } else {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(asset.contents);
    }
  });
  const origins = { api: await listen(api), files: await listen(files) };

  return {
    environment: {
      GITHUB_API_URL: origins.api,
      GITHUB_REPOSITORY: 'example/images',
      GITHUB_SHA: 'c0ffee'.padEnd(40, '0'),
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
    },
    store,
    token: WRITE_TOKEN,
    readToken: READ_TOKEN,
    requests,
    inject(operation, fault, times = Number.POSITIVE_INFINITY, skipped = 0) {
      const injection = { operation, fault, skipped, left: times, hits: 0 };
      faults.push(injection);
      return injection;
    },
    async stop() {
      for (const server of [api, files]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The release service does not listen on a port.');
  }
  return `http://127.0.0.1:${address.port}`;
}
