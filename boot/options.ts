import { parseArgs } from 'node:util';
import { parseSize } from '../src/text/size.ts';
import { KINDS, type Kind } from './kinds.ts';

export interface Options {
  readonly kind: Kind;
  /** Whether the card and the logs of its consoles are kept. */
  readonly keep: boolean;
  /** Whether the action boot-test boots cards that cannot boot, too. */
  readonly failing: boolean;
  /** Bytes of the card. */
  readonly cardSize: number;
}

/**
 * Reads the options that script/boot describes.
 *
 * @throws Error naming the option, its value and what it may be.
 */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kind: { type: 'string', default: 'extlinux' },
      keep: { type: 'boolean', default: false },
      failing: { type: 'boolean', default: false },
      'card-size': { type: 'string', default: '64GiB' },
    },
  });
  const { keep, failing } = values;
  return { kind: parseKind(values.kind), keep, failing, cardSize: parseCardSize(values['card-size']) };
}

function parseKind(name: string): Kind {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined) {
    throw new Error(`--kind ${name}: expected one of ${Object.keys(KINDS).join(', ')}`);
  }
  return kind;
}

const MIB = 1024 * 1024;
/** The image has about 700 MiB. */
const LEAST = 1024 * MIB;
/** The limit of an MBR partition table. */
const MOST = 2 * 1024 * 1024 * MIB;

function parseCardSize(text: string): number {
  const bytes = parseSize(text);
  if (bytes !== undefined && bytes % MIB === 0 && bytes >= LEAST && bytes <= MOST) {
    return bytes;
  }
  throw new Error(`--card-size ${text}: expected a whole number of MiB from 1GiB to 2TiB, such as 64GiB`);
}
