/**
 * Draws the job summary of a real run: the bundle makes an image, an artifact service and a release service of this
 * machine take it, and a browser renders what the action wrote, with the libraries that GitHub uses or ones like them.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildClosure } from '../bench/closure/build.ts';
import { choosePackages } from '../bench/closure/choose.ts';
import { downloadPackages } from '../bench/closure/download.ts';
import { type DebianPackage, lookUpPackages, parsePackageList, parsePackages } from '../bench/closure/packages.ts';
import { startArtifactService } from '../test/support/artifact-service.ts';
import { startReleaseService } from '../test/support/release-service.ts';

const CHECKOUT = join(import.meta.dirname, '..');
const PICTURE = join(CHECKOUT, 'docs/images/summary.png');
const PACKAGES = 220;
/** Packages that the older closure does not have. */
const NEW_PACKAGES = 4;
/** Pixels of the page's side, and how many of the picture's there are to one. */
const WIDTH = 860;
const SCALE = 1.5;

const directory = mkdtempSync(join(tmpdir(), 'summary-picture-'));
try {
  const [storePath, baseline] = process.argv.length === 4 ? process.argv.slice(2) : buildClosures();
  const summary = await runAction(storePath ?? '', baseline ?? '');
  mkdirSync(dirname(PICTURE), { recursive: true });
  await drawPicture(summary);
  console.log(PICTURE);
} finally {
  rmSync(directory, { recursive: true });
}
process.exit();

/** A closure of Debian packages, and the registration of one of the oldest versions of them that apt knows. */
function buildClosures(): readonly [string, string] {
  const list = parsePackageList(readFileSync(join(CHECKOUT, 'bench/closure/packages.txt'), 'utf8'));
  const packages = choosePackages(lookUpPackages(list), { packages: PACKAGES });
  const names = packages.map(({ name }) => name);
  // Of several paragraphs of one name the last is kept, and apt prints the oldest version last.
  const oldest = parsePackages(
    execFileSync('apt-cache', ['show', '--all-versions', ...names], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
  );
  const older = packages.slice(0, -NEW_PACKAGES).map((found) => oldest.get(found.name) ?? found);
  const root = build(older, 'older');
  const paths = execFileSync('nix-store', ['--query', '--requisites', root], { encoding: 'utf8' }).trim().split('\n');
  const registration = join(directory, 'demo-1.registration');
  writeFileSync(registration, execFileSync('nix-store', ['--dump-db', ...paths]));
  return [build(packages, 'newer'), registration];
}

function build(packages: readonly DebianPackage[], link: string): string {
  const archives = downloadPackages(packages, '/var/tmp/nix-ext4-image/packages');
  return buildClosure(packages, archives, join(directory, link));
}

/** Runs the action as the runner does, and returns the job summary that it wrote. */
async function runAction(storePath: string, baseline: string): Promise<string> {
  const [artifacts, releases] = [await startArtifactService(), await startReleaseService()];
  const files = { GITHUB_OUTPUT: join(directory, 'outputs'), GITHUB_STEP_SUMMARY: join(directory, 'summary.md') };
  for (const file of Object.values(files)) {
    writeFileSync(file, '');
  }
  const inputs = {
    'store-paths': storePath,
    'image-name': 'demo-2.img',
    format: 'sd-card',
    baseline,
    'release-tag': 'v2',
    'github-token': releases.token,
  };
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const child = spawn(process.execPath, [join(CHECKOUT, 'dist/index.js')], {
    env: {
      ...process.env,
      ...artifacts.environment,
      ...releases.environment,
      ...files,
      RUNNER_TEMP: directory,
      ...Object.fromEntries(variables),
    },
    stdio: 'inherit',
  });
  const [status] = await once(child, 'exit');
  await Promise.all([artifacts.stop(), releases.stop()]);
  if (status !== 0) {
    throw new Error('The action failed.');
  }
  return readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
}

/** Renders a job summary twice: once to measure it, and then at its height. */
async function drawPicture(summary: string): Promise<void> {
  const library = (path: string): string => pathToFileURL(join(CHECKOUT, 'node_modules', path)).href;
  const page = join(directory, 'page.html');
  const replaced: Readonly<Record<string, string>> = {
    MARKED: library('marked/lib/marked.umd.js'),
    MERMAID: library('mermaid/dist/mermaid.min.js'),
    // JSON within HTML must not hold what ends the element that it stands in.
    SUMMARY: JSON.stringify(summary).replaceAll('<', '\\u003c'),
  };
  const template = readFileSync(join(CHECKOUT, 'script/summary-picture.html'), 'utf8');
  writeFileSync(
    page,
    template.replace(/MARKED|MERMAID|SUMMARY/g, (name) => replaced[name] ?? name),
  );
  const height = Number(/data-height="(\d+)"/.exec(browse(page, ['--dump-dom']))?.[1]);
  if (!Number.isInteger(height)) {
    throw new Error('The page was not rendered.');
  }
  const picture = join(directory, 'picture.png');
  browse(page, [`--screenshot=${picture}`, `--window-size=${WIDTH},${height}`, `--force-device-scale-factor=${SCALE}`]);
  // 256 colours are all that there are, but for the edges of letters.
  execFileSync('pngquant', ['--force', '--strip', '--speed', '1', '--output', PICTURE, picture]);
}

function browse(page: string, options: readonly string[]): string {
  const profile = mkdtempSync(join(directory, 'profile-'));
  // Chromium's sandbox does not work for root; the page is this project's own.
  const usual = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ];
  const args = [...usual, '--hide-scrollbars', '--virtual-time-budget=20000', `--user-data-dir=${profile}`, ...options];
  return execFileSync('chromium', [...args, pathToFileURL(page).href], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
    maxBuffer: 2 ** 28,
  });
}
