import { printable } from '../text/printable.ts';

/**
 * Gives what a verification failed of a title and a remedy, if it has none: then the image is not what was planned, and what
 * changed it is for the user to find.
 */
export function imageFault(error: unknown): Error {
  const found = error instanceof Error ? error : new Error(printable(String(error)));
  const title = 'The image failed its verification';
  return 'remedy' in found ? found : Object.assign(found, { title, remedy: DAMAGED });
}

const DAMAGED =
  'The image was deleted. Suspect the disk or the memory of this machine, or another process that writes to the ' +
  'output directory: re-run the job, on another machine if you can. If it fails there too, report it as a bug of the action.';
