import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobSASPermissions, BlobServiceClient, SASProtocol, StorageSharedKeyCredential } from '@azure/storage-blob';

/** A process of Azurite, the emulator of Azure's blob storage. */
export interface Azurite {
  /** Origin of its server, such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly blobs: BlobServiceClient;
  /** Path and query of a blob's URL, signed for the permissions (`cw`: create and write) until `expiresOn`. */
  signedPath(container: string, blob: string, permissions: string, expiresOn: Date): Promise<string>;
  stop(): Promise<void>;
}

/** The default account and key of Azurite, from its documentation. */
export const AZURITE_ACCOUNT = 'devstoreaccount1';
const AZURITE_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** A module that exits when standard input is closed: this happens however the parent process ends. */
const END_WITH_STDIN = "data:text/javascript,process.stdin.once('end', () => process.exit()).resume()";

/** Starts Azurite on a free port with its own directory. It ends with this process at the latest. */
export async function startAzurite(): Promise<Azurite> {
  const directory = mkdtempSync(join(tmpdir(), 'azurite-'));
  const script = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const args = [
    '--blobHost',
    '127.0.0.1',
    '--blobPort',
    '0',
    '--location',
    directory,
    '--silent',
    '--disableTelemetry',
  ];
  const child = spawn(process.execPath, ['--import', END_WITH_STDIN, script, ...args, '--skipApiVersionCheck'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const onExit = (): void => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', onExit);
  const origin = await readOrigin(child);
  const blobs = new BlobServiceClient(
    `${origin}/${AZURITE_ACCOUNT}`,
    new StorageSharedKeyCredential(AZURITE_ACCOUNT, AZURITE_KEY),
  );
  return {
    origin,
    blobs,
    async signedPath(container, blob, permissions, expiresOn) {
      const client = blobs.getContainerClient(container).getBlobClient(blob);
      const signed = await client.generateSasUrl({
        permissions: BlobSASPermissions.parse(permissions),
        protocol: SASProtocol.HttpsAndHttp,
        startsOn: new Date(expiresOn.getTime() - 2 * 60 * 60 * 1000),
        expiresOn,
      });
      return signed.slice(origin.length);
    },
    async stop() {
      process.off('exit', onExit);
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Azurite prints its origin once it listens. */
function readOrigin(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const origin = /listens on (http:\/\/[\d.]+:\d+)/.exec(output)?.[1];
      if (origin !== undefined) {
        resolve(origin);
      }
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Azurite exited with code ${code} before it listened: ${output}`)));
  });
}
