import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const checkout = join(import.meta.dirname, '../..');
const { platform, arch } = process;

type Packages = Readonly<Record<string, object>>;

const LOCKED: Packages = {
  '': { name: 'project' },
  'node_modules/tool': { version: '1.0.0' },
  'node_modules/tool-here': { version: '1.0.0', optional: true, os: [platform], cpu: [arch] },
  'node_modules/tool-other-processor': { version: '1.0.0', optional: true, os: [platform], cpu: ['mips'] },
  'node_modules/tool-not-here': { version: '1.0.0', optional: true, os: [`!${platform}`] },
  'node_modules/used-by-tool-not-here': { version: '1.0.0', optional: true },
};
const INSTALLED: Packages = {
  'node_modules/tool': { version: '1.0.0' },
  'node_modules/tool-here': { version: '1.0.0' },
};

/** What the script says of these packages; nothing where all is as it should be. */
function check(locked: Packages, installed?: Packages): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify({ packages: locked }));
  if (installed !== undefined) {
    mkdirSync(join(directory, 'node_modules'));
    writeFileSync(join(directory, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  }
  const args = [join(checkout, 'script/node-modules.ts'), directory];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBe(stderr === '' ? 0 : 1);
  return stderr.trimEnd();
}

describe('the check of node_modules', () => {
  it('accepts what the lock file lists for this system', () => {
    expect(check(LOCKED, INSTALLED)).toBe('');
  });

  it('takes a system as a package has it, without a list', () => {
    const own = { version: '1.0.0', optional: true, os: platform, cpu: arch };
    expect(check({ 'node_modules/own': own, 'node_modules/other': { ...own, cpu: 'mips' } }, {})).toBe(
      'not as in package-lock.json: node_modules/own',
    );
  });

  it('finds a native package that npm skipped', () => {
    expect(check(LOCKED, { 'node_modules/tool': { version: '1.0.0' } })).toBe(
      'not as in package-lock.json: node_modules/tool-here',
    );
  });

  it('finds another version, and a package that is not listed any more', () => {
    const installed = {
      ...INSTALLED,
      'node_modules/tool': { version: '0.9.0' },
      'node_modules/old': { version: '1.0.0' },
    };
    expect(check(LOCKED, installed)).toBe('not as in package-lock.json: node_modules/tool, node_modules/old');
  });

  it('finds that nothing is installed, or not to the end', () => {
    expect(check(LOCKED)).toBe('not as in package-lock.json: node_modules/tool, node_modules/tool-here');
  });

  it.each(['glibc', 'musl'])('knows the C library of this system, here with a package for %s', (libc) => {
    const report = process.report.getReport();
    const isGlibc = JSON.stringify(report).includes('"glibcVersionRuntime"');
    const needed = isGlibc === (libc === 'glibc');
    const lock = { 'node_modules/native': { version: '1.0.0', optional: true, os: [platform], libc: [libc] } };
    expect(check(lock, {})).toBe(needed ? 'not as in package-lock.json: node_modules/native' : '');
  });
});
