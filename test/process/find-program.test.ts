import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/process/find-program.ts';
import { isProgramMissing } from '../../src/process/program-error.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();
const at = (...parts: string[]) => join(directory, ...parts);

beforeAll(() => {
  for (const [name, mode] of [
    ['first/only-data', 0o644],
    ['second/only-data', 0o755],
    ['second/a tool', 0o755],
    ['third/a tool', 0o755],
  ] as const) {
    mkdirSync(at(name, '..'), { recursive: true });
    writeFileSync(at(name), '');
    chmodSync(at(name), mode);
  }
  mkdirSync(at('first/a tool'));
});

describe('findProgram', () => {
  it('finds a tool of this machine', () => {
    expect(findProgram('sh')).toMatch(/^\/.*\/sh$/);
  });

  it('skips directories and files that are not executable', () => {
    const path = [at('missing'), at('first'), at('second'), at('third')].join(':');
    expect(findProgram('a tool', { searchPath: path })).toBe(at('second/a tool'));
    expect(findProgram('only-data', { searchPath: path })).toBe(at('second/only-data'));
  });

  it('searches PATH first, then the extra directories', () => {
    expect(findProgram('a tool', { extraDirectories: [at('second')], searchPath: at('third') })).toBe(
      at('third/a tool'),
    );
    expect(findProgram('a tool', { extraDirectories: [at('missing'), at('second')], searchPath: at('first') })).toBe(
      at('second/a tool'),
    );
  });

  it('does not search the working directory', () => {
    const before = process.cwd();
    process.chdir(at('second'));
    try {
      expect(() => findProgram('a tool', { searchPath: ':.::../second' })).toThrow('was not found in PATH');
    } finally {
      process.chdir(before);
    }
  });

  it('names where it searched, in an error with a code', () => {
    let error: unknown;
    try {
      findProgram('no such\ntool', { extraDirectories: ['/sbin', '/usr/sbin'], searchPath: '/bin' });
    } catch (caught) {
      error = caught;
    }
    expect(isProgramMissing(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'PROGRAM_MISSING',
      message: 'The program no such\\x0atool was not found in PATH or in /sbin, /usr/sbin.',
    });
    expect(isProgramMissing(new Error('other'))).toBe(false);
  });
});
