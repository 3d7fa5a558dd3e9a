import { join } from 'node:path';
import type { CompetitorName } from './competitor-names.ts';
import type { Closure } from './facts/closure.ts';

/** A program to be measured. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables in addition to those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Path of the file that it makes. */
  readonly result: string;
  /** Directories whose files are looked at while it runs, to see how much disk they take; not those in them. */
  readonly watched: readonly string[];
  /** A directory that it fills before all else and leaves: its size is taken at the end. */
  readonly staging: string | undefined;
}

/** Where a competitor finds what it needs. */
export interface Place {
  /** Directory for its files, with nothing in it but what `prepareWork` makes. */
  readonly work: string;
  readonly closure: Closure;
  /** What peers/stage.sh left; only for those that `needsStaging`. */
  readonly staged: string;
  /** Directory of the built action. */
  readonly bundle: string;
  /** Options of Node for the action. */
  readonly nodeOptions?: readonly string[];
}

/** Whether a competitor starts from a directory that is staged already. */
export function needsStaging(name: CompetitorName): boolean {
  return name === 'mke2fs' || name === 'genext2fs';
}

/** The command of a competitor. */
export function commandOf(name: CompetitorName, place: Place): Command {
  switch (name) {
    case 'action-raw':
      return actionCommand(place, 'none');
    case 'action-zstd':
      return actionCommand(place, 'zstd');
    case 'floor-raw':
      return floorCommand(place, 'none');
    case 'floor-zstd':
      return floorCommand(place, 'zstd');
    case 'recipe':
      return { ...peerCommand(name, place, place.closure.directory), staging: join(place.work, 'rootImage') };
    case 'mke2fs':
    case 'genext2fs':
      return peerCommand(name, place, place.staged);
    default:
      return peerCommand(name, place, place.closure.directory);
  }
}

function peerCommand(name: CompetitorName, { work }: Place, input: string): Command {
  return {
    program: 'bash',
    args: [join(import.meta.dirname, 'peers', `${name}.sh`), work, input],
    ...resultIn(work),
  };
}

/** In the Node.js of the action, so that both have the same zstd and the same SHA-256. */
function floorCommand({ work, closure }: Place, compression: Compression): Command {
  return {
    program: process.execPath,
    args: [join(import.meta.dirname, 'peers/floor.ts'), work, closure.directory, compression],
    ...resultIn(work),
  };
}

function resultIn(work: string): Omit<Command, 'program' | 'args'> {
  return { environment: { LC_ALL: 'C' }, result: join(work, 'result'), watched: [work], staging: undefined };
}

type Compression = 'none' | 'zstd';

/** As the runner starts it: inputs as INPUT_ variables, nothing uploaded, every other input at its default. */
function actionCommand({ work, closure, bundle, nodeOptions = [] }: Place, compression: Compression): Command {
  return {
    program: process.execPath,
    args: [...nodeOptions, join(bundle, 'index.js')],
    environment: {
      'INPUT_STORE-PATHS': closure.roots.join('\n'),
      INPUT_COMPRESSION: compression,
      INPUT_UPLOAD: 'false',
      'INPUT_OUTPUT-DIRECTORY': work,
      RUNNER_TEMP: work,
      GITHUB_OUTPUT: join(work, 'outputs'),
      GITHUB_STEP_SUMMARY: join(work, 'summary'),
      // Not of this machine's own runner, where there is one.
      ACTIONS_STEP_DEBUG: '',
      RUNNER_DEBUG: '',
    },
    result: join(work, compression === 'none' ? 'nixos.img' : 'nixos.img.zst'),
    watched: [work],
    staging: undefined,
  };
}
