// Runs a workflow with this action under act; script/act says how it is called.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemoClosure } from '../../demo/closure.ts';
import { startArtifactProxy } from './artifact-proxy.ts';

const CHECKOUT = join(import.meta.dirname, '../..');

const directory = mkdtempSync(join(tmpdir(), 'nix-ext4-image-act-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(1));
}

console.log('Building a closure with nix-build ...');
const closure = join(directory, 'result');
buildDemoClosure(CHECKOUT, closure);
const artifacts = join(directory, 'artifacts');
mkdirSync(artifacts);
const port = await freePort();
const proxy = await startArtifactProxy(port, artifacts);
const act = spawn('act', options(port), {
  cwd: CHECKOUT,
  env: { ...process.env, ACTIONS_RUNTIME_URL: proxy.url, ACT_DISABLE_VERSION_CHECK: '1' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
const [status] = await once(act, 'exit');
proxy.stop();
process.exitCode = status === 0 ? 0 : 1;

/** Steps run on this machine, and nothing of this machine's settings for act or of the network is used. */
function options(artifactPort: number): readonly string[] {
  const values = {
    workflows: join(import.meta.dirname, 'workflow.yml'),
    platform: 'ubuntu-24.04=-self-hosted',
    'artifact-server-path': artifacts,
    'artifact-server-addr': '127.0.0.1',
    'artifact-server-port': String(artifactPort),
    'action-cache-path': join(directory, 'cache'),
    'env-file': '/dev/null',
    'secret-file': '/dev/null',
    'var-file': '/dev/null',
    'input-file': '/dev/null',
  };
  return [
    'push',
    '--no-cache-server',
    // It appends blocks in the order in which they arrive.
    '--env=ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY=1',
    `--var=CLOSURE=${closure}`,
    `--var=ARTIFACTS=${artifacts}`,
    ...Object.entries(values).map(([name, value]) => `--${name}=${value}`),
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('There is no free port.');
  }
  server.close();
  await once(server, 'close');
  return address.port;
}
