import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { describeFailure, reportFailure } from '../../src/runner/failure.ts';
import { setEnvironment } from '../support/environment.ts';

describe('describeFailure', () => {
  it('tells the error, its causes and the remedy', () => {
    const root = new Error('connect ECONNREFUSED');
    const middle = Object.assign(new Error('the network failed', { cause: root }), { remedy: 'Plug it in.' });
    const outer = Object.assign(new Error('No upload', { cause: middle }), { title: 'Upload' });
    expect(describeFailure(outer)).toEqual({
      title: 'Upload',
      message: 'No upload\nCause: the network failed\nCause: connect ECONNREFUSED\nWhat to do: Plug it in.',
    });
  });

  it('leaves out causes that are part of what was said', () => {
    const outer = new Error('Cannot read x: ENOENT', { cause: new Error('ENOENT') });
    expect(describeFailure(outer).message).toBe('Cannot read x: ENOENT');
  });

  it('tells all errors of an aggregate', () => {
    expect(describeFailure(new AggregateError([new Error('one'), new Error('two')], 'both')).message).toBe(
      'both\nCause: one\nCause: two',
    );
  });

  it('ends where causes go round in a circle, or never end', () => {
    const first: Error & { cause?: unknown } = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(describeFailure(first).message).toBe('first\nCause: second');
    let deep = new Error('0');
    for (let i = 1; i < 1000; i++) {
      deep = new Error(`${i} `, { cause: deep });
    }
    expect(describeFailure(deep).message.split('\n')).toHaveLength(10);
  });

  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [{ some: 'object' }, "{ some: 'object' }"],
    [Object.create(null), '[Object: null prototype] {}'],
    [Symbol('s'), 'Symbol(s)'],
    [new TypeError(''), 'TypeError'],
    [Object.assign(new Error('m'), { remedy: 7, title: {} }), 'm'],
  ])('copes with %s', (thrown, message) => {
    expect(describeFailure(thrown)).toEqual({ title: 'No image was made', message });
  });

  it('keeps the remedy within what the runner shows', () => {
    const long = new Error('\u0007'.repeat(10_000), { cause: new Error('y'.repeat(10_000)) });
    const { message } = describeFailure(Object.assign(long, { remedy: 'Be brief.' }));
    expect(message.length).toBeLessThan(4096);
    expect(message).toMatch(/\nWhat to do: Be brief\.$/);
  });

  it('escapes what a terminal or the runner would act on', () => {
    const error = new Error('a\n::set-output name=x::y\n \u001b[31m\u202e##[error]\\x0a');
    expect(describeFailure(error).message).toBe('a\n\\x3a:set-output name=x::y\n \\x1b[31m\\u{202e}\\x23#[error]\\x0a');
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

  it('makes one annotation with a title, and fails the step', () => {
    setEnvironment({ RUNNER_DEBUG: undefined });
    const properties = { title: 'Wrong: a, b\n', remedy: 'Mend it.' };
    reportFailure(Object.assign(new Error('100 %\n::add-mask::x'), properties));
    expect(lines()).toEqual(['::error title=Wrong%3A a%2C b%0A::100 %25%0A\\x3a:add-mask::x%0AWhat to do: Mend it.\n']);
    expect(process.exitCode).toBe(1);
  });

  it('says what to do with an error that does not say it', () => {
    setEnvironment({ RUNNER_DEBUG: undefined });
    reportFailure(new Error('broken'));
    expect(lines()).toEqual([
      expect.stringMatching(/^::error title=No image was made::broken%0AWhat to do: .*debug logging.*\/issues\n$/),
    ]);
  });

  it('adds the stack with debug logging', () => {
    setEnvironment({ RUNNER_DEBUG: '1' });
    reportFailure(new Error('broken'));
    expect(lines()).toHaveLength(2);
    expect(lines()[0]).toMatch(/^::debug::Error: broken%0A.*failure\.test\.ts/);
  });
});
