import { parseArgs } from 'node:util';
import { parseSize } from '../src/text/size.ts';

export interface Options {
  /** Whether the card and the logs of its consoles are kept. */
  readonly keep: boolean;
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
    options: { keep: { type: 'boolean', default: false }, 'card-size': { type: 'string', default: '64GiB' } },
  });
  return { keep: values.keep, cardSize: parseCardSize(values['card-size']) };
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
