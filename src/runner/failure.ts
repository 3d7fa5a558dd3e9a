import { inspect } from 'node:util';
import { error as annotate, debug, ExitCode, isDebug } from '@actions/core';
import { printableText, shorten } from '../text/escape.ts';

/** What is shown of an error. */
export interface Failure {
  readonly title: string;
  /** What happened, why, and what to do: a line each, safe to print. */
  readonly message: string;
}

/**
 * Fails the step: one annotation with a title, the error, its causes and the remedy, and exit code 1. With debug
 * logging the stack is shown as well.
 */
export function reportFailure(error: unknown): void {
  const { title, message } = describeFailure(error, UNFORESEEN);
  if (isDebug()) {
    debug(printableText(inspect(error)));
  }
  // As `setFailed`, which cannot give an annotation a title.
  process.exitCode = ExitCode.Failure;
  annotate(message, { title });
}

/** Many errors say in their message what to correct; of others nobody has thought. */
const UNFORESEEN =
  'If that does not tell what to correct, re-run the job with debug logging, and report it with the log at ' +
  'https://github.com/nix-ext4-image/nix-ext4-image/issues';

/**
 * Puts an error and its causes into words. Any error along the chain may have a `title` and a `remedy`; the first of
 * each is taken, and `lastRemedy` where there is none.
 */
export function describeFailure(error: unknown, lastRemedy?: string): Failure {
  const chain = unfold(error);
  // Escaped before they are shortened: an escape is longer than what it stands for.
  const messages = chain.map((link) => printableText(messageOf(link)));
  // Who wraps an error often repeats its message.
  const causes = messages.slice(1).filter((message, i) => !messages.slice(0, i + 1).some((m) => m.includes(message)));
  const remedy = chain.map((link) => textProperty(link, 'remedy')).find((text) => text !== undefined) ?? lastRemedy;
  const lines = [messages[0], ...causes.map((cause) => `Cause: ${cause}`)].map((line) => shorten(line, LINE_LIMIT));
  const told = shorten(lines.join('\n'), MESSAGE_LIMIT);
  const title = chain.map((link) => textProperty(link, 'title')).find((text) => text !== undefined);
  return {
    title: shorten(printableText(title ?? 'No image was made'), TITLE_LIMIT),
    message: remedy === undefined ? told : `${told}\nWhat to do: ${shorten(printableText(remedy), LINE_LIMIT)}`,
  };
}

/** The runner cuts annotations at 4,096 characters; the remedy must not be lost. */
const MESSAGE_LIMIT = 2600;
const LINE_LIMIT = 1300;
const TITLE_LIMIT = 120;
const LONGEST_CHAIN = 10;

/** The error and what caused it, also the several causes of an `AggregateError`; a circle is left after some rounds. */
function unfold(error: unknown): unknown[] {
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

function textProperty(error: unknown, name: 'title' | 'remedy'): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
