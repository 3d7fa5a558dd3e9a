import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOptions, readWords } from '../../../src/nixos/loader/shell.ts';

const VARIABLES: Readonly<Record<string, readonly string[]>> = { '@': ['-r', 'a b'], '1': ['-r'], name: ['v*'] };

function words(text: string): readonly (string | undefined)[] {
  return readWords(text, 0, (parameter) => VARIABLES[parameter]);
}

describe('the words of a command', () => {
  it.each([
    [`-d '/boot' -c "$@"`, ['-d', '/boot', '-c', '-r', 'a b']],
    [`-n "a b"/'c d'\\ e`, ['-n', 'a b/c d e']],
    ['-t 5 \\\n  -g "20"; echo x', ['-t', '5', '-g', '20']],
    ['a # b', ['a']],
    ['a#b && c', ['a#b']],
    [`"" "\\$1 \\a" \${name}x`, ['', '$1 \\a', 'v*x']],
    ['-c $1 > /dev/null', ['-c', '-r']],
    ['-n "$other" -t 5', ['-n', undefined, '-t', '5']],
    ['-n a$(hostname)', ['-n', undefined]],
  ])('of %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('are those of a real shell', { tags: ['system'] }, () => {
    const piece = fc.constantFrom(
      "'a b'",
      '"c d"',
      '"$name"',
      'e\\ f',
      '\\"',
      "'$1'",
      '"\\""',
      '-t',
      '$1',
      '\\\n',
      ' ',
      '/g',
    );
    const commands = fc.sample(fc.array(piece, { minLength: 1, maxLength: 8 }), { numRuns: 300, seed: 1 });
    const script = commands.map((pieces) => `printf '%s\\0' x ${pieces.join('')}; printf '\\1'`);
    const output = execFileSync('/bin/sh', ['-fc', ['name="v*"; set -- -r', ...script].join('\n')]).toString();
    const expected = output.split('\x01').slice(0, -1);
    expect(commands.map((pieces) => words(pieces.join('')))).toEqual(
      expected.map((printed) => printed.split('\0').slice(1, -1)),
    );
  });
});

describe('options', () => {
  const parse = (...list: readonly string[]): unknown => {
    const options = parseOptions(list, 'g:t:r');
    return options && Object.fromEntries(options);
  };

  it('are those of getopts', () => {
    expect(parse('-t', '5', '-r', '-g20', 'rest', '-t', '6')).toEqual({ t: ['5'], r: [''], g: ['20'] });
    expect(parse('-rt5', '-t', '-1')).toEqual({ r: [''], t: ['5', '-1'] });
    expect(parse('--', '-r')).toEqual({});
    expect(parse('-x')).toBe(undefined);
    expect(parse('-t')).toEqual({ t: [undefined] });
  });
});
