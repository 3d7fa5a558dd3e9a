import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** A server between the artifact client and act's artifact server. */
export interface ArtifactProxy {
  /** For ACTIONS_RUNTIME_URL, which act hands on to actions instead of its own server's. */
  readonly url: string;
  stop(): void;
}

/**
 * Starts a server that hands requests on to act's artifact server at `port`, which keeps artifacts in `directory`, and makes up for what
 * that one lacks of GitHub's protocol as of act 0.2.89: it refuses requests with fields that it does not know, such as
 * `mime_type`, and signatures without the padding that Azure's client takes off (nektos/act#6114), and reports the
 * size of an artifact's directory as that of the artifact.
 */
export async function startArtifactProxy(port: number, directory: string): Promise<ArtifactProxy> {
  const server = createServer((request, response) => {
    handOn(port, directory, request, response).catch((error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The proxy listens on no port.');
  }
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function handOn(
  port: number,
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, headers, url = '' } = request;
  const received = await buffer(request);
  const body = url.endsWith('/CreateArtifact') ? withoutMimeType(received) : received;
  const forwarded = sendRequest({
    port,
    method,
    path: withPaddedSignature(url),
    headers: { ...headers, 'content-length': body.length },
  });
  forwarded.end(body);
  const [answer]: IncomingMessage[] = await once(forwarded, 'response');
  const answered = await buffer(answer);
  const content = url.endsWith('/ListArtifacts') ? withSizesOfFiles(answered, directory) : answered;
  response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': content.length }).end(content);
}

function withoutMimeType(body: Buffer): Buffer {
  const { mime_type, ...fields }: Readonly<Record<string, unknown>> = JSON.parse(body.toString());
  return Buffer.from(JSON.stringify(fields));
}

/** Base 64 of the 32 bytes of an HMAC ends in one character of padding. */
function withPaddedSignature(url: string): string {
  return url.replace(/([?&]sig=[\w-]{43})(?=&|$)/, '$1%3D');
}

interface ListedArtifact {
  readonly workflowRunBackendId: string;
  readonly name: string;
}

function withSizesOfFiles(answer: Buffer, directory: string): Buffer {
  const { artifacts = [] }: { readonly artifacts?: readonly ListedArtifact[] } = JSON.parse(answer.toString());
  const sized = artifacts.map((artifact) => {
    const { workflowRunBackendId: run, name } = artifact;
    return { ...artifact, size: String(statSync(join(directory, run, name, `${name}.zip`)).size) };
  });
  return Buffer.from(JSON.stringify({ artifacts: sized }));
}
