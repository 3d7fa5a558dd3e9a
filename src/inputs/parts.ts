/**
 * The directory of the input `parts`, which the NixOS module of this repository makes of a configuration
 * (`system.build.imageParts`, nix/image-parts.nix): files of the card, and settings for the other inputs.
 */
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { inputError, type UserError } from '../errors/user-error.ts';
import { readSmallFile } from '../host/small-file.ts';
import { quote } from '../text/escape.ts';
import { isObject } from '../text/json.ts';
import { INPUT_DEFAULTS, type InputName } from './names.ts';

/** What a configuration says about its card. */
export interface Parts {
  /** Values of other inputs, as a step would give them. */
  readonly values: ReadonlyMap<InputName, string>;
  /** The directory of files for the root of the image; `undefined` if there are none. */
  readonly root: RootParts | undefined;
}

/** Files for the root of the image, with the permissions that the Nix store does not keep. */
export interface RootParts {
  readonly directory: string;
  /** By path below `directory`, each byte of it a character. */
  readonly modes: ReadonlyMap<string, number>;
}

/**
 * Reads the directory. Throws a `UserError` if it is not one that the module makes, was made by a newer version of it, or has
 * settings that the action does not know.
 */
export function readParts(directory: string): Parts {
  const settings = join(directory, 'settings.json');
  const values = new Map<InputName, string>();
  for (const [name, value] of Object.entries(parseSettings(readSettings(settings), settings))) {
    if (!isSetting(name)) {
      throw partsError(`${quote(settings)} sets ${quote(name)}, which is no setting of an image.`, SAME_VERSION);
    }
    values.set(name, name === 'bootloader' ? inDirectory(value, directory) : value);
  }
  for (const [name, part] of [
    ['system', 'system'],
    ['firmware-files', 'firmware'],
  ] as const) {
    if (!values.has(name) && existsSync(join(directory, part))) {
      values.set(name, join(directory, part));
    }
  }
  return { values, root: readRoot(directory) };
}

const VERSION = 1;
const MADE_BY =
  'Set parts to the result of building config.system.build.imageParts, which the NixOS module of this action adds.';
const SAME_VERSION = 'Use the NixOS module and the action of the same version.';

/** Inputs that say what a run does, not what its image is. */
const INPUTS_OF_A_RUN: readonly InputName[] = [
  'parts',
  'output-directory',
  'upload',
  'retention-days',
  'overwrite',
  'baseline',
  'release-tag',
  'github-token',
];

function isSetting(name: string): name is InputName {
  return Object.hasOwn(INPUT_DEFAULTS, name) && !INPUTS_OF_A_RUN.some((other) => other === name);
}

function readSettings(path: string): unknown {
  try {
    return JSON.parse(readSmallFile(path).toString());
  } catch (cause) {
    throw partsError(`${quote(path)} cannot be read: it must be a JSON file.`, MADE_BY, cause);
  }
}

function parseSettings(settings: unknown, path: string): Readonly<Record<string, string>> {
  if (!isObject(settings) || !isObject(settings.inputs)) {
    throw partsError(`${quote(path)} has no settings: expected an object with version and inputs.`, MADE_BY);
  }
  if (settings.version !== VERSION) {
    throw partsError(
      `${quote(path)} has version ${JSON.stringify(settings.version) ?? 'none'}; this action reads version ${VERSION}.`,
      SAME_VERSION,
    );
  }
  return Object.fromEntries(
    Object.entries(settings.inputs).map(([name, value]) => {
      const text = textOf(value);
      if (text === undefined) {
        throw partsError(
          `${quote(path)} sets ${quote(name)} to ${JSON.stringify(value)}: expected a text, a number, true, false, or a list of texts.`,
          'Correct imageParts.settings.',
        );
      }
      return [name, text];
    }),
  );
}

/** As the value stands in a workflow: one line for each element of a list. */
function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.every((element) => typeof element === 'string') ? value.join('\n') : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : undefined;
}

/** Boot loader files are named as they are in the directory, one on each line. */
function inDirectory(lines: string, directory: string): string {
  return lines
    .split('\n')
    .map((line) => (isAbsolute(line) ? line : join(directory, line)))
    .join('\n');
}

function readRoot(directory: string): RootParts | undefined {
  const root = join(directory, 'root');
  if (!existsSync(root)) {
    return undefined;
  }
  const list = join(directory, 'root-modes');
  if (!statSync(root).isDirectory() || !existsSync(list)) {
    throw partsError(`${quote(directory)} has no directory root with its permissions in root-modes.`, MADE_BY);
  }
  const modes = new Map<string, number>();
  for (const entry of readSmallFile(list).toString('latin1').split('\0').slice(0, -1)) {
    const [, mode, path] = /^([0-7]{1,4}) (.+)$/s.exec(entry) ?? [];
    if (mode === undefined || path === undefined) {
      throw partsError(
        `${quote(list)} has the entry ${quote(entry)}: expected permissions in octal and a path.`,
        MADE_BY,
      );
    }
    modes.set(path, Number.parseInt(mode, 8));
  }
  return { directory: root, modes };
}

function partsError(message: string, remedy: string, cause?: unknown): UserError {
  return inputError({ input: 'parts', message, remedy, cause });
}
