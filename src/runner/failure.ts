import { inspect } from 'node:util';
import { error as annotate, debug, ExitCode, isDebug } from '@actions/core';
import { REPORT_BUG, UserError } from '../errors/user-error.ts';
import { printableText, shorten } from '../text/escape.ts';

/** An error as it is shown. */
export interface Failure {
  readonly title: string;
  /** What happened, why, and what to do: a line each, safe to print. */
  readonly message: string;
}

/**
 * Fails the step: one annotation with a title, the error, its causes and the remedy, and exit code 1. Debug logging
 * shows the stack as well.
 */
export function reportFailure(error: unknown): void {
  const { title, message } = describeFailure(error);
  if (isDebug()) {
    debug(printableText(inspect(error)));
  }
  // Like `setFailed`, which cannot set the title of an annotation.
  process.exitCode = ExitCode.Failure;
  annotate(message, { title });
}

/**
 * Describes an error and its causes. Title and remedy are those of the first `UserError` in the chain; an error without
 * one is a bug.
 */
export function describeFailure(error: unknown): Failure {
  const chain = unfold(error);
  // Escaped before they are shortened: an escape is longer than what it stands for.
  const messages = chain.map((link) => printableText(messageOf(link)));
  // Wrapping errors often repeat the message of their cause.
  const causes = messages.slice(1).filter((message, i) => !messages.slice(0, i + 1).some((m) => m.includes(message)));
  const lines = [messages[0], ...causes.map((cause) => `Cause: ${cause}`)].map((line) => shorten(line, LINE_LIMIT));
  const user = chain.find((link) => link instanceof UserError);
  const title = user?.title ?? 'Internal error';
  const remedy = user?.remedy ?? REPORT_BUG;
  return {
    title: shorten(printableText(title), TITLE_LIMIT),
    message: `${shorten(lines.join('\n'), MESSAGE_LIMIT)}\nWhat to do: ${shorten(printableText(remedy), LINE_LIMIT)}`,
  };
}

/** The runner cuts annotations at 4,096 characters; the remedy must not be lost. */
const MESSAGE_LIMIT = 2600;
const LINE_LIMIT = 1300;
const TITLE_LIMIT = 120;
const LONGEST_CHAIN = 10;

/** The error and its causes, those of an `AggregateError` too, up to a limit that ends a cycle. */
function unfold(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  const pending = [error];
  while (pending.length > 0 && chain.length < LONGEST_CHAIN) {
    const link = pending.shift();
    chain.push(link);
    if (link instanceof AggregateError) {
      pending.push(...link.errors);
    }
    if (link instanceof Error && link.cause !== undefined) {
      pending.push(link.cause);
    }
  }
  return chain;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return typeof error === 'string' ? error : inspect(error, { depth: 2 });
  }
  return error.message === '' ? error.name : error.message;
}
