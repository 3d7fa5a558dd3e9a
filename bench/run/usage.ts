/** Resources that a process and its children used, from wait4(2). */
export interface Usage {
  readonly userSeconds: number;
  readonly systemSeconds: number;
  /** Resident memory of the largest one of them, at its peak. */
  readonly largestProcessBytes: number;
}

/** The format for GNU time that `parseUsage` reads. */
export const USAGE_FORMAT = '%U %S %M';

/** Reads what GNU time wrote. Ahead of it may stand how the command ended. */
export function parseUsage(text: string): Usage {
  const fields = /^(\d+\.\d+) (\d+\.\d+) (\d+)$/.exec(text.trim().split('\n').at(-1) ?? '');
  if (fields === null) {
    throw new Error(`time wrote ${JSON.stringify(text)}; expected a line of "${USAGE_FORMAT}"`);
  }
  const [user, system, kibibytes] = fields.slice(1).map(Number);
  return { userSeconds: user, systemSeconds: system, largestProcessBytes: kibibytes * 1024 };
}
