import { getInput } from '@actions/core';
import type { Firmware } from '../boot/machine/platforms.ts';
import { inputError } from '../errors/user-error.ts';
import { IMAGE_VARIABLE } from '../report/outputs.ts';
import { checkValue } from './reader.ts';
import { oneOf, size, splitLines, type ValueKind, wholeNumber, yesOrNo } from './values.ts';

/** The inputs of boot-test/action.yml with their defaults, as `INPUT_DEFAULTS` has those of action.yml. */
export const BOOT_TEST_DEFAULTS = {
  image: '',
  'wait-for': 'login: |Reached target .*[Mm]ulti-[Uu]ser',
  'fail-on':
    'Kernel panic - not syncing|Timed out waiting for device|An error occurred in stage 1|[Ee]mergency [Mm]ode|\\[FAILED\\] Failed to|start job for unit \\S+ has failed',
  timeout: '600',
  'card-size': '16GiB',
  memory: '2GiB',
  cpus: '2',
  firmware: 'auto',
  boots: '2',
  run: '',
  install: 'false',
} as const;

export type BootTestInputName = keyof typeof BOOT_TEST_DEFAULTS;

/** The inputs of the action boot-test. Sizes are in bytes. */
export interface BootTestInputs {
  /** Path of the image. */
  readonly image: string;
  readonly waitFor: RegExp;
  readonly failOn: RegExp;
  /** Seconds for each boot. */
  readonly timeout: number;
  readonly cardSize: number;
  readonly memory: number;
  readonly cpus: number;
  readonly firmware: Firmware | 'auto';
  readonly boots: number;
  /** Lines for a shell. */
  readonly run: readonly string[];
  readonly install: boolean;
}

/** Reads the inputs of the action boot-test. Throws a `UserError` for the first that is invalid. */
export function readBootTestInputs(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): BootTestInputs {
  const textOf = (name: BootTestInputName): string => getInput(name) || BOOT_TEST_DEFAULTS[name];
  const read = <T>(name: BootTestInputName, kind: ValueKind<T>): T => checkValue(name, textOf(name), kind);
  return {
    image: textOf('image') || imageOfEarlierStep(environment),
    waitFor: read('wait-for', regularExpression),
    failOn: read('fail-on', regularExpression),
    timeout: read('timeout', wholeNumber(1, LONGEST_TIMEOUT)),
    cardSize: read('card-size', size(MIB, LARGEST_CARD, MIB)),
    memory: read('memory', size(64 * MIB, 1024 * 1024 * MIB, MIB)),
    cpus: read('cpus', wholeNumber(1, 64)),
    firmware: read('firmware', oneOf(['auto', 'u-boot', 'uefi', 'kernel'])),
    boots: read('boots', wholeNumber(1, 10)),
    run: splitLines(textOf('run')).map((line) => checkValue('run', line, commandLine)),
    install: read('install', yesOrNo),
  };
}

const MIB = 1024 * 1024;
/** A job of a runner of GitHub ends after six hours. */
const LONGEST_TIMEOUT = 6 * 60 * 60;
/** The limit of an MBR. */
const LARGEST_CARD = 2 * 1024 * 1024 * MIB;

/** A regular expression of JavaScript, which is matched with each line of the console. */
const regularExpression: ValueKind<RegExp> = {
  accepted: 'a regular expression of JavaScript, such as login: ',
  parse(text) {
    try {
      return new RegExp(text);
    } catch {
      return undefined;
    }
  },
};

/** A terminal of Linux takes at most 4095 bytes in a line (termios(3), canonical mode). */
const commandLine: ValueKind<string> = {
  accepted: 'lines of at most 2000 printable characters each',
  parse: (text) => (/^[^\p{Cc}]{1,2000}$/u.test(text) ? text : undefined),
};

function imageOfEarlierStep(environment: Readonly<Record<string, string | undefined>>): string {
  const path = environment[IMAGE_VARIABLE];
  if (path) {
    return path;
  }
  throw inputError({
    input: 'image',
    message: 'The input image is not given, and no step before this one of the job has made an image.',
    remedy: 'Set image to the path of an image, such as the output image-path of the step that makes it.',
  });
}
