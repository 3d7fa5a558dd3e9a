import { describe, expect, it } from 'vitest';
import { COMPETITOR_NAMES } from '../../bench/competitor-names.ts';
import { parseOptions } from '../../bench/options.ts';

describe('parseOptions', () => {
  it('measures all competitors three times by default', () =>
    expect(parseOptions([], '/checkout')).toEqual({
      mode: 'peers',
      storePaths: [],
      runs: 3,
      quick: false,
      competitors: COMPETITOR_NAMES,
      bundle: '/checkout/dist',
      work: '/var/tmp/nix-ext4-image/bench',
      output: '/checkout/bench/results',
    }));

  it('reads options among store paths', () => {
    const args = ['./result', '--runs', '7', '--only', 'tar-zstd', '/nix/store/x', '--only=tar', '--output', 'there'];
    expect(parseOptions(args, '/checkout')).toMatchObject({
      storePaths: ['./result', '/nix/store/x'],
      runs: 7,
      competitors: ['tar', 'tar-zstd'],
      output: 'there',
    });
  });

  it('runs once when quick, unless the number of runs is given', () => {
    expect(parseOptions(['--quick'], '/')).toMatchObject({ runs: 1, quick: true });
    expect(parseOptions(['--quick', '--runs', '2'], '/').runs).toBe(2);
  });

  it.each([['scaling'], ['profile'], ['report']])('knows the mode %s', (mode) =>
    expect(parseOptions([`--${mode}`], '/').mode).toBe(mode),
  );

  it.each([
    [['--runs', '0'], '--runs 0: expected a number of rounds'],
    [['--runs', 'x'], '--runs x: expected'],
    [['--only', 'cp'], '--only cp: expected one of tar, '],
    [['--scaling', '--report'], '--scaling and --report exclude each other'],
    [['--scaling', './result'], './result is given'],
    [['--fast'], '--fast'],
  ])('refuses %j', (args, message) => expect(() => parseOptions(args, '/')).toThrow(message));
});
