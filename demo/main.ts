/**
 * Runs the action on this machine as a runner would: the committed bundle, inputs and files by environment variables,
 * and an artifact service after it. Then shows what it made.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOutputs } from '../test/support/action.ts';
import { startArtifactService } from '../test/support/artifact-service.ts';
import { buildDemoClosure } from './closure.ts';

const checkout = join(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'nix-ext4-image-demo-'));
const files = { output: join(directory, 'output'), summary: join(directory, 'summary.md') };
for (const file of Object.values(files)) {
  writeFileSync(file, '');
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.log('Building a closure with nix-build ...');
  paths.push(buildDemoClosure(checkout, join(directory, 'result')));
}

const service = await startArtifactService();
const environment = {
  ...process.env,
  ...service.environment,
  RUNNER_TEMP: directory,
  GITHUB_WORKSPACE: checkout,
  GITHUB_OUTPUT: files.output,
  GITHUB_STEP_SUMMARY: files.summary,
  'INPUT_STORE-PATHS': paths.join('\n'),
};
const action = spawn(process.execPath, [join(checkout, 'dist/index.js')], { env: environment, stdio: 'inherit' });
const [status] = await once(action, 'exit');
await service.stop();
if (status !== 0) {
  process.exit(1);
}

const outputs = parseOutputs(readFileSync(files.output, 'utf8'));
console.log(`\n--- job summary (${files.summary}) ---\n${readFileSync(files.summary, 'utf8')}`);
console.log('--- outputs ---');
for (const [name, value] of Object.entries(outputs)) {
  console.log(`${name}: ${value}`);
}
console.log('\n--- /nix/store in the image, by debugfs ---');
console.log(listStore(outputs['image-path']));
console.log(`The image: ${outputs['image-path']}, artifact ${outputs['artifact-id']}`);

/** Lists the store of the image with e2fsprogs' own reader, which wants it uncompressed: on disk, as a sparse file. */
function listStore(image: string): string {
  const tools: Readonly<Record<string, string>> = { zst: 'zstd', gz: 'gzip', xz: 'xz' };
  const tool = tools[image.slice(image.lastIndexOf('.') + 1)];
  if (tool === undefined) {
    return debugfs(image);
  }
  const raw = join(directory, 'uncompressed.img');
  const target = openSync(raw, 'w');
  execFileSync(tool, ['--decompress', '--stdout', image], { stdio: ['ignore', target, 'inherit'] });
  closeSync(target);
  const listing = debugfs(raw);
  rmSync(raw);
  return listing;
}

function debugfs(image: string): string {
  const listing = execFileSync('debugfs', ['-R', 'ls -l /nix/store', image], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = listing.toString().trimEnd().split('\n');
  return lines.length <= 24 ? lines.join('\n') : [...lines.slice(0, 20), `... ${lines.length - 20} more`].join('\n');
}
