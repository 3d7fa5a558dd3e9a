// Proves that a card boots; script/boot says how it is called.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatSize } from '../src/text/size.ts';
import { bootAgain, bootFirst } from './boots.ts';
import { writeCard } from './card.ts';
import { type Fact, formatFacts } from './fact.ts';
import { bootFilesOf, writeSurroundings } from './files.ts';
import { checkCard } from './finished-card.ts';
import { makeImage } from './image.ts';
import { type Options, parseOptions } from './options.ts';
import { buildSystem } from './system.ts';

/** Large files, which need not be in a /tmp that is kept in memory. */
const FOLDER = '/var/tmp/nix-ext4-image';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  for (let cause = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined)
    console.error(`script/boot: ${cause instanceof Error ? cause.message : cause}`);
  process.exitCode = 1;
}

async function main(options: Options): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const folder = mkdtempSync(join(FOLDER, 'boot-'));
  process.once('exit', () => {
    if (options.keep) console.log(`The card and the text of its consoles are in ${folder}`);
    else rmSync(folder, { recursive: true });
  });
  const facts = await proveThatItBoots(folder, options);
  console.log(`\n${formatFacts(facts)}\n\nThe card boots.`);
}

async function proveThatItBoots(folder: string, { cardSize }: Options): Promise<readonly Fact[]> {
  const card = join(folder, 'card');
  const system = await step('Build a system from arm64 packages', () => buildSystem(join(folder, 'system')));
  const surroundings = writeSurroundings(folder);
  const image = await step('Make the image', () => makeImage(system, surroundings, join(folder, 'action')));
  const written = await step('Write the card', () => writeCard(image, card, cardSize));
  const files = [...bootFilesOf(system), ...surroundings.files];
  const first = await step('Boot it', () => bootFirst(card, join(folder, 'console-1.log'), files));
  const second = await step('Boot it again', () => bootAgain(card, join(folder, 'console-2.log'), image.storePaths));
  const found = await step('Check the card', () => checkCard(card, cardSize, surroundings));
  return [['bmaptool wrote', `${formatSize(written)} of ${formatSize(image.size)}`], ...first, ...second, ...found];
}

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  console.log(`== ${what}`);
  const result = await work();
  console.log(`== done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
