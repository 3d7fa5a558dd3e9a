/** Why a tool gave no result. */
export type ToolErrorCode =
  | 'TOOL_MISSING'
  | 'TOOL_NOT_STARTED'
  | 'TOOL_FAILED'
  | 'TOOL_TIMEOUT'
  | 'TOOL_CANCELLED'
  | 'TOOL_OUTPUT';

/** An error of `run` or `findTool`: what went wrong can be told from `code`, without reading the message. */
export interface ToolError extends Error {
  readonly code: ToolErrorCode;
  /** The tool as the caller named it. */
  readonly tool: string;
  /** What to do, in words for people. */
  readonly remedy: string;
}

/** Makes a `ToolError`. The message must be safe to print. */
export function toolError(code: ToolErrorCode, tool: string, message: string, cause?: unknown): ToolError {
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { code, tool, remedy: REMEDIES[code] });
}

const REMEDIES: Readonly<Record<ToolErrorCode, string>> = {
  TOOL_MISSING: 'Install the program in a step before this one, or add the folder that it is in to PATH.',
  TOOL_NOT_STARTED: 'Check that the program can be run on this machine, and by the user of this step.',
  TOOL_FAILED: 'Mend what the program complains about: run it by itself, in a step before this one, to see more.',
  TOOL_TIMEOUT: 'See what the program waits for: a lock, a daemon or a disk that does not answer. Then re-run the job.',
  TOOL_CANCELLED: 'Re-run the job.',
  TOOL_OUTPUT: 'Check that the program in PATH is the one that it is named for.',
};

/** Whether `error` says that a tool is not installed, so that the caller can name the remedy. */
export function isToolMissing(error: unknown): error is ToolError {
  return error instanceof Error && 'code' in error && error.code === 'TOOL_MISSING';
}
