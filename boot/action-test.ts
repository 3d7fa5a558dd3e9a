import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debugfs } from '../src/boot/card/debugfs.ts';
import { readPartitions } from '../src/boot/card/partitions.ts';
import { writeCard } from '../src/boot/card/write.ts';
import { run } from '../src/process/run.ts';
import { printable } from '../src/text/printable.ts';
import { writeSize } from '../src/text/size.ts';
import { type ActionRun, runAction } from '../test/support/action.ts';
import type { Fact } from './fact.ts';
import type { MadeImage } from './image.ts';
import type { Kind } from './kinds.ts';

/** What the test of the action boot-test needs. */
export interface ActionTest {
  readonly kind: Kind;
  readonly image: MadeImage;
  /** Store path of the system. */
  readonly system: string;
  /** Bytes. */
  readonly cardSize: number;
  /** For the files of this test. */
  readonly directory: string;
}

/** Has the action boot-test boot the image twice, as a workflow would. */
export async function expectBoots({ image, cardSize, directory }: ActionTest): Promise<readonly Fact[]> {
  const { exitCode, log, outputs } = await bootTest(directory, {
    image: image.path,
    'card-size': writeSize(cardSize),
  });
  if (exitCode !== 0) {
    throw new Error(`The action boot-test failed:\n${printableLines(log)}`);
  }
  if (!log.includes(`${image.storePaths} store paths: as the image registers them`)) {
    throw new Error('The action boot-test did not compare the store.');
  }
  return [
    ['boot-test: seconds of the boots', outputs.seconds],
    ['boot-test: bytes of the root filesystem', outputs['grown-to']],
  ];
}

/** A card that cannot boot. */
interface FailingCard {
  readonly name: string;
  /** Changes the root filesystem of the card at `card`. */
  readonly spoil: (card: string, offset: number) => Promise<void>;
  /** In the error of the action. */
  readonly message: RegExp;
}

/** Has the action boot-test boot cards that cannot: each must fail for its reason, within its time. */
export async function expectFailures(test: ActionTest): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const { name, spoil, message } of failingCards(test)) {
    const card = join(test.directory, 'failing-card');
    const options = { size: test.image.size, signal: new AbortController().signal, onProgress: () => {} };
    await writeCard(test.image.path, card, options);
    const [root] = (await readPartitions(card)).slice(-1);
    await spoil(card, root.offset);
    const { exitCode, log } = await bootTest(test.directory, { image: card, boots: '1', timeout: TIMEOUT });
    const [error] = /^::error .*$/m.exec(log) ?? [];
    if (exitCode !== 1 || error === undefined || !message.test(error)) {
      throw new Error(`The card without ${name} did not fail with ${message}:\n${printableLines(log)}`);
    }
    facts.push([
      `boot-test of a card with ${name}`,
      decodeURIComponent(error.replace(/^::error title=([^:]*)::/, '$1: ')).split('\n')[0],
    ]);
  }
  return facts;
}

/** Seconds, in which the systems of this test start several times. */
const TIMEOUT = '60';

function failingCards({ kind, system, directory }: ActionTest): readonly FailingCard[] {
  const write = (card: string, offset: number, commands: readonly string[]): Promise<void> =>
    changeFilesystem(join(directory, 'commands'), `${card}?offset=${offset}`, commands);
  const init = join(directory, 'init');
  writeFileSync(init, `#!${system}/sw/bin/sh\necho waiting\nexec ${system}/sw/bin/sleep 100000\n`);
  return [
    ...(kind.bootPartition === 'root' ? [cardWithoutKernel(write)] : []),
    {
      name: 'a wrong root label',
      spoil: async (card, offset) => write(card, offset, ['set_super_value volume_name OTHER']),
      message: /The root device did not appear/,
    },
    {
      name: 'an init that is missing',
      spoil: async (card, offset) => write(card, offset, [`rm ${system}/init`]),
      message: /The kernel panicked/,
    },
    {
      name: 'an init that never gets further',
      spoil: async (card, offset) =>
        write(card, offset, [
          `rm ${system}/init`,
          `write ${init} ${system}/init`,
          `set_inode_field ${system}/init mode 0100755`,
        ]),
      message: /The system did not reach wait-for/,
    },
  ];
}

function cardWithoutKernel(
  write: (card: string, offset: number, commands: readonly string[]) => Promise<void>,
): FailingCard {
  return {
    name: 'no kernel',
    async spoil(card, offset) {
      const names = (await debugfs({ path: card, offset }, 'ls -p /boot/nixos')).toString('latin1');
      const kernel = /\/([^/]+-Image)\//.exec(names)?.[1];
      await write(card, offset, [`rm /boot/nixos/${kernel}`]);
    },
    message: /The firmware found nothing to boot/,
  };
}

async function changeFilesystem(file: string, image: string, commands: readonly string[]): Promise<void> {
  writeFileSync(file, commands.map((command) => `${command}\n`).join(''));
  await run('debugfs', ['-w', '-f', file, image]);
}

function bootTest(directory: string, inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
  return runAction(inputs, { action: 'boot-test', directory: join(directory, 'boot-test') });
}

function printableLines(log: string): string {
  return log.split('\n').map(printable).join('\n');
}
