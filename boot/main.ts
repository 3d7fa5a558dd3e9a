// Verifies that a card boots; script/boot says how it is called.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatSize } from '../src/text/size.ts';
import { expectBoots, expectFailures } from './action-test.ts';
import { bootAgain, bootFirst } from './boots.ts';
import { writeCard } from './card.ts';
import { type Fact, formatFacts } from './fact.ts';
import { bootFilesOf, writeSurroundings } from './files.ts';
import { checkCard } from './finished-card.ts';
import { makeImage } from './image.ts';
import { type Options, parseOptions } from './options.ts';
import { buildSystem } from './system.ts';

/** Large files, which need not be in a /tmp that is kept in memory. */
const DIRECTORY = '/var/tmp/nix-ext4-image';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(1));
}
try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  for (let cause = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    console.error(`script/boot: ${cause instanceof Error ? cause.message : cause}`);
  }
  process.exitCode = 1;
}

async function main(options: Options): Promise<void> {
  mkdirSync(DIRECTORY, { recursive: true });
  const directory = mkdtempSync(join(DIRECTORY, 'boot-'));
  process.once('exit', () => {
    if (options.keep) {
      console.log(`The card and the text of its consoles are in ${directory}`);
    } else {
      rmSync(directory, { recursive: true });
    }
  });
  const facts = await bootCard(directory, options);
  console.log(`\n${formatFacts(facts)}\n\nThe card boots.`);
}

async function bootCard(directory: string, { kind, failing, cardSize }: Options): Promise<readonly Fact[]> {
  const card = join(directory, 'card');
  const system = await step('Build a system from Debian packages', () => buildSystem(kind, join(directory, 'system')));
  const surroundings = writeSurroundings(directory, kind);
  const image = await step('Make the image', () =>
    makeImage(kind, { system, surroundings, directory: join(directory, 'action') }),
  );
  const written = await step('Write the card', () => writeCard(image, card, cardSize));
  const files = [...bootFilesOf(system, kind), ...surroundings.files];
  const first = await step('Boot it', () => bootFirst({ kind, card, log: join(directory, 'console-1.log') }, files));
  const again = { kind, card, log: join(directory, 'console-2.log') };
  const second = await step('Boot it again', () => bootAgain(again, image.storePaths));
  const found = await step('Check the card', () => checkCard({ kind, card, cardSize }, surroundings));
  const test = { kind, image, system, cardSize, directory };
  const booted = await step('Boot the image with the action boot-test', () => expectBoots(test));
  const failed = failing ? await step('Boot cards that cannot boot', () => expectFailures(test)) : [];
  return [
    ['bmaptool wrote', `${formatSize(written)} of ${formatSize(image.size)}`],
    ...first,
    ...second,
    ...found,
    ...booted,
    ...failed,
  ];
}

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  console.log(`== ${what}`);
  const result = await work();
  console.log(`== done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
