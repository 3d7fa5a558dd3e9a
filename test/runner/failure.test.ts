import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { userError } from '../../src/errors/user-error.ts';
import { describeFailure, reportFailure } from '../../src/runner/failure.ts';
import { setEnvironment } from '../support/environment.ts';

const BUG = /\nWhat to do: Re-run the job with debug logging\. .*\/issues$/;

/** The message without its last line, which says what to do. */
function linesOf(error: unknown): readonly string[] {
  return describeFailure(error).message.split('\n').slice(0, -1);
}

describe('describeFailure', () => {
  it('shows the error, its causes, and title and remedy of the first user error', () => {
    const root = new Error('connect ECONNREFUSED');
    const inner = userError({ title: 'Inner', message: 'the host is down', remedy: 'Start it.', cause: root });
    const middle = userError({ title: 'Upload', message: 'the network failed', remedy: 'Plug it in.', cause: inner });
    expect(describeFailure(new Error('No upload', { cause: middle }))).toEqual({
      title: 'Upload',
      message:
        'No upload\nCause: the network failed\nCause: the host is down\nCause: connect ECONNREFUSED\nWhat to do: Plug it in.',
    });
  });

  it('calls an error that nobody foresaw an internal error, and asks for a report', () => {
    expect(describeFailure(new Error('m'))).toEqual({ title: 'Internal error', message: expect.stringMatching(BUG) });
  });

  it('leaves out causes that the message repeats', () => {
    expect(linesOf(new Error('Cannot read x: ENOENT', { cause: new Error('ENOENT') }))).toEqual([
      'Cannot read x: ENOENT',
    ]);
  });

  it('shows all errors of an aggregate', () => {
    const aggregate = new AggregateError([new Error('one'), new Error('two')], 'both');
    expect(linesOf(aggregate)).toEqual(['both', 'Cause: one', 'Cause: two']);
  });

  it('ends if the causes form a cycle, or a long chain', () => {
    const first: Error & { cause?: unknown } = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(linesOf(first)).toEqual(['first', 'Cause: second']);
    let deep = new Error('0');
    for (let i = 1; i < 1000; i++) {
      deep = new Error(`${i} `, { cause: deep });
    }
    expect(linesOf(deep)).toHaveLength(10);
  });

  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [{ some: 'object' }, "{ some: 'object' }"],
    [Object.create(null), '[Object: null prototype] {}'],
    [Symbol('s'), 'Symbol(s)'],
    [new TypeError(''), 'TypeError'],
  ])('accepts %s as an error', (thrown, message) => {
    expect(linesOf(thrown)).toEqual([message]);
  });

  it('keeps the remedy within what the runner shows', () => {
    const cause = new Error('y'.repeat(10_000));
    const { message } = describeFailure(
      userError({ title: 't', message: '\u0007'.repeat(10_000), remedy: 'Be brief.', cause }),
    );
    expect(message.length).toBeLessThan(4096);
    expect(message).toMatch(/\nWhat to do: Be brief\.$/);
  });

  it('escapes what a terminal or the runner would act on', () => {
    const error = new Error('a\n::set-output name=x::y\n \u001b[31m\u202e##[error]\\x0a');
    expect(linesOf(error).join('\n')).toBe('a\n\\x3a:set-output name=x::y\n \\x1b[31m\\u{202e}\\x23#[error]\\x0a');
  });
});

describe('reportFailure', () => {
  let printed: MockInstance<typeof process.stdout.write>;
  beforeEach(() => {
    printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    printed.mockRestore();
    process.exitCode = undefined;
  });
  const lines = (): string[] => printed.mock.calls.map(([text]) => String(text));

  it('writes one annotation with a title, and fails the step', () => {
    setEnvironment({ RUNNER_DEBUG: undefined });
    const message = '100 %\n::add-mask::x';
    reportFailure(userError({ title: 'Wrong: a, b\n', message, remedy: 'Fix it.' }));
    expect(lines()).toEqual(['::error title=Wrong%3A a%2C b%0A::100 %25%0A\\x3a:add-mask::x%0AWhat to do: Fix it.\n']);
    expect(process.exitCode).toBe(1);
  });

  it('asks for a report of an unforeseen error', () => {
    setEnvironment({ RUNNER_DEBUG: undefined });
    reportFailure(new Error('broken'));
    expect(lines()).toEqual([
      expect.stringMatching(/^::error title=Internal error::broken%0AWhat to do: .*debug logging.*\/issues\n$/),
    ]);
  });

  it('adds the stack with debug logging', () => {
    setEnvironment({ RUNNER_DEBUG: '1' });
    reportFailure(new Error('broken'));
    expect(lines()).toHaveLength(2);
    expect(lines()[0]).toMatch(/^::debug::Error: broken%0A.*failure\.test\.ts/);
  });
});
