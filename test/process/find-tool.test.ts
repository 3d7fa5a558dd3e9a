import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isToolMissing } from '../../src/process/errors.ts';
import { findTool } from '../../src/process/find-tool.ts';

let folder = '';
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-tool-'));
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

afterAll(() => rmSync(folder, { recursive: true }));

describe('findTool', () => {
  it('finds a tool of this machine', () => {
    expect(findTool('sh')).toMatch(/^\/.*\/sh$/);
  });

  it('passes over folders and files that are not executable', () => {
    const path = [at('missing'), at('first'), at('second'), at('third')].join(':');
    expect(findTool('a tool', [], path)).toBe(at('second/a tool'));
    expect(findTool('only-data', [], path)).toBe(at('second/only-data'));
  });

  it('looks in PATH first, in the extra folders then', () => {
    expect(findTool('a tool', [at('second')], at('third'))).toBe(at('third/a tool'));
    expect(findTool('a tool', [at('missing'), at('second')], at('first'))).toBe(at('second/a tool'));
  });

  it('does not look in the working folder', () => {
    const before = process.cwd();
    process.chdir(at('second'));
    try {
      expect(() => findTool('a tool', [], ':.::../second')).toThrow('was not found in PATH');
    } finally {
      process.chdir(before);
    }
  });

  it('tells where it looked, in an error that can be told from others', () => {
    let error: unknown;
    try {
      findTool('no such\ntool', ['/sbin', '/usr/sbin'], '/bin');
    } catch (caught) {
      error = caught;
    }
    expect(isToolMissing(error)).toBe(true);
    expect(error).toMatchObject({
      tool: 'no such\ntool',
      message: 'The program no such\\x0atool was not found in PATH or in /sbin, /usr/sbin.',
    });
    expect(isToolMissing(new Error('other'))).toBe(false);
  });
});
