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
}

/** Makes a `ToolError`. The message must be safe to print. */
export function toolError(code: ToolErrorCode, tool: string, message: string, cause?: unknown): ToolError {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code, tool });
}

/** Whether `error` says that a tool is not installed, so that the caller can name the remedy. */
export function isToolMissing(error: unknown): error is ToolError {
  return error instanceof Error && 'code' in error && error.code === 'TOOL_MISSING';
}
