import type { IncomingMessage, ServerResponse } from 'node:http';

/** Requests of the artifact service's protocol, and of the blob storage's that an upload consists of. */
export type Operation =
  | 'CreateArtifact'
  | 'FinalizeArtifact'
  | 'ListArtifacts'
  | 'GetSignedArtifactURL'
  | 'DeleteArtifact'
  | 'PutBlock'
  | 'PutBlockList'
  | 'GetBlob';

/** What goes wrong in place of an answer, or with it. */
export type Fault =
  /** An HTTP status, with the error body of the protocol. */
  | { readonly kind: 'status'; readonly status: number; readonly message?: string }
  /** A page, as a proxy or a login gives it, whatever was asked. */
  | { readonly kind: 'html'; readonly status: number }
  /** The connection is reset before the request is looked at. */
  | { readonly kind: 'reset' }
  /** Nothing is ever answered. */
  | { readonly kind: 'stall' }
  /** The request is carried out, and the connection reset instead of an answer. */
  | { readonly kind: 'reset-after' }
  /** CreateArtifact: the address is no longer valid. */
  | { readonly kind: 'expired' }
  /** ListArtifacts: these properties are told instead of the right ones. */
  | { readonly kind: 'told'; readonly properties: Readonly<Record<string, string>> };

export interface Injection {
  /** How often the fault has happened. */
  readonly hits: number;
}

export interface Faults {
  /** Lets the next `times` requests of an operation go wrong; all of them if left out. */
  inject(operation: Operation, fault: Fault, times?: number): Injection;
  /** The fault that befalls this request, if any; it counts as happened. */
  take(operation: Operation): Fault | undefined;
}

export function createFaults(): Faults {
  const injected: { operation: Operation; fault: Fault; left: number; hits: number }[] = [];
  return {
    inject(operation, fault, times = Number.POSITIVE_INFINITY) {
      const injection = { operation, fault, left: times, hits: 0 };
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

/** Lets a request fail in a way that needs no knowledge of it; returns whether that is all that happens to it. */
export function failRequest(request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): boolean {
  switch (fault?.kind) {
    case 'status': {
      request.resume();
      const body = JSON.stringify({ code: 'unknown', msg: fault.message ?? 'injected' });
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(body);
      return true;
    }
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
