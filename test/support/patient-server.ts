import type { ServerOptions } from 'node:http';

/**
 * Options of a server that closes no connection by itself. A client that uses a connection again at the moment when the
 * server closes it gets an error: on a busy machine that happens.
 */
export const PATIENT: ServerOptions = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };
