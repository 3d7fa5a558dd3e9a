/** Where an upload reports to. Texts may hold names from outside: they are escaped there. */
export interface UploadLog {
  info(text: string): void;
  detail(text: string): void;
  warning(title: string, text: string): void;
}

/**
 * Takes one line that the artifact client prints, and does with it what is of use: secrets are handed to the runner to
 * be masked, the count of bytes becomes progress, warnings and retries are passed on. The rest, among it a line for
 * each block, is shown with debug logging alone.
 */
export function readClientLine(line: string, log: UploadLog, onBytes: (bytes: number) => void): void {
  const bytes = /^Uploaded bytes (\d+)$/.exec(line)?.[1];
  const warning = /^::warning::(.*)$/.exec(line)?.[1];
  if (line.startsWith(MASK)) {
    process.stdout.write(`${line}\n`);
  } else if (bytes !== undefined) {
    onBytes(Number(bytes));
  } else if (warning !== undefined) {
    log.warning('Artifact', unescapeData(warning));
  } else if (/^Attempt \d+ of \d+ failed/.test(line)) {
    log.info(line);
  } else {
    log.detail(unescapeData(line.replace(/^::debug::/, '')));
  }
}

const MASK = '::add-mask::';

/** Undoes what the toolkit does to the text of a command. */
function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
