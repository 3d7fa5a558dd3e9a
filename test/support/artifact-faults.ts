import type { IncomingMessage, ServerResponse } from 'node:http';

/** Requests to the artifact service, and those to the blob storage that an upload makes. */
export type Operation =
  | 'CreateArtifact'
  | 'FinalizeArtifact'
  | 'ListArtifacts'
  | 'GetSignedArtifactURL'
  | 'DeleteArtifact'
  | 'PutBlock'
  | 'PutBlockList'
  | 'GetBlob';

/** What happens instead of the correct response. */
export type Fault =
  /** An HTTP status with the error body of the protocol. `before` is called before it is sent. */
  | { readonly kind: 'status'; readonly status: number; readonly message?: string; readonly before?: () => void }
  /** An HTML page, as from a proxy or a login. */
  | { readonly kind: 'html'; readonly status: number }
  /** A response without a body. */
  | { readonly kind: 'empty'; readonly status: number }
  /** The connection is reset before the request is handled. */
  | { readonly kind: 'reset' }
  /** There is never a response. */
  | { readonly kind: 'stall' }
  /** The request is carried out as soon as `count` requests of its operation have been open at the same time. */
  | { readonly kind: 'gather'; readonly count: number }
  /** The request is carried out, and the connection is reset instead of a response. */
  | { readonly kind: 'reset-after' }
  /** CreateArtifact: the URL has expired. */
  | { readonly kind: 'expired' }
  /** ListArtifacts: the response has these properties instead of the correct ones. */
  | { readonly kind: 'altered'; readonly properties: Readonly<Record<string, string>> };

export interface Injection {
  /** Number of requests that the fault has affected. */
  readonly hits: number;
  /** Ends the fault: later requests are not affected. */
  end(): void;
}

export interface Faults {
  /** Injects a fault into the next `times` requests of an operation, or into all of them. */
  inject(operation: Operation, fault: Fault, times?: number): Injection;
  /** The fault for a request, if any; counts it. */
  take(operation: Operation): Fault | undefined;
}

export function createFaults(): Faults {
  const injected: { operation: Operation; fault: Fault; left: number; hits: number; end(): void }[] = [];
  return {
    inject(operation, fault, times = Number.POSITIVE_INFINITY) {
      const injection = {
        operation,
        fault,
        left: times,
        hits: 0,
        end() {
          injection.left = 0;
        },
      };
      injected.push(injection);
      return injection;
    },
    take(operation) {
      const injection = injected.find((candidate) => candidate.operation === operation && candidate.left > 0);
      if (injection === undefined) {
        return undefined;
      }
      injection.left--;
      injection.hits++;
      return injection.fault;
    },
  };
}

/** Applies a fault that does not depend on the request. Returns whether there was one, so that nothing else is to be done. */
export function failRequest(request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): boolean {
  switch (fault?.kind) {
    case 'status': {
      request.resume();
      fault.before?.();
      const body = JSON.stringify({ code: 'unknown', msg: fault.message ?? 'injected' });
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(body);
      return true;
    }
    case 'empty':
      request.resume();
      response.writeHead(fault.status).end();
      return true;
    case 'html':
      request.resume();
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>');
      return true;
    case 'reset':
      request.socket.resetAndDestroy();
      return true;
    case 'stall':
      request.resume();
      return true;
    default:
      return false;
  }
}
