import { describe, expect, it } from 'vitest';
import { DEFAULT_DELAYS, withRetries } from '../../src/release/retry.ts';
import { failure } from '../artifact/fixture.ts';

/** The error that octokit throws for a failed request. */
function httpError(status: number, headers: Readonly<Record<string, string>> = {}): Error {
  return Object.assign(new Error('failed'), { name: 'HttpError', status, response: { status, headers } });
}

function retries(error: Error, { signal = new AbortController().signal, delays = [0] } = {}) {
  const infos: string[] = [];
  const attempts: number[] = [];
  const attempt = async (): Promise<void> => {
    attempts.push(attempts.length);
    throw error;
  };
  const log = { info: (text: string) => void infos.push(text) };
  return {
    infos,
    attempts,
    ended: failure(withRetries({ title: 'It failed', what: 'do it' }, attempt, { delays, signal, log })),
  };
}

describe('withRetries', () => {
  it('waits as long as GitHub asks it to', async () => {
    const controller = new AbortController();
    const { infos, attempts, ended } = retries(httpError(503, { 'retry-after': '45' }), controller);
    await new Promise(setImmediate);
    expect(infos).toEqual(['Could not do it: GitHub reported a server error (503). Trying again in 45 s.']);
    controller.abort(new Error('Enough.'));
    expect((await ended).message).toBe('Enough.');
    expect(attempts).toHaveLength(1);
  });

  it('makes no request once it is cancelled', async () => {
    const { attempts, ended } = retries(httpError(503), { signal: AbortSignal.abort(new Error('Enough.')) });
    expect((await ended).message).toBe('Enough.');
    expect(attempts).toEqual([]);
  });

  it('tries four times in little more than a minute', () => {
    expect(DEFAULT_DELAYS).toHaveLength(3);
    const seconds = DEFAULT_DELAYS.reduce((sum, delay) => sum + delay, 0) / 1000;
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(90);
  });
});
