// @module-tag system
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readRootFiles } from '../../src/run/root-files.ts';
import { composeTree } from '../../src/tree/compose.ts';
import { withPool } from '../support/image-build.ts';
import { spelledOut } from '../support/image-packed.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
afterEach(() => vi.unstubAllEnvs());

/** An ACL (acl(5), linux/posix_acl_xattr.h): rw- for the owner, r-- for user 1000, the group and others, with mask rw-. */
const ACL = '0x0200000001000600ffffffff02000400e803000004000400ffffffff10000600ffffffff20000400ffffffff';

test('a directory as deep as paths can be is read on a thread', async () => {
  const directory = join(scratch, 'deep');
  const path = `${'d/'.repeat(900)}file`;
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), 'contents');
  const [read] = await withPool(1, (pool) =>
    readRootFiles({
      inputs: { rootParts: undefined, rootFiles: [directory], rootFilesMode: 'kept' },
      pool,
      log: { warning: () => undefined, detail: () => undefined },
      signal: new AbortController().signal,
    }),
  );
  const entries = read === undefined ? [] : spelledOut(composeTree(read));
  expect(entries.at(-1)).toMatchObject({ path, size: 8 });
});

async function warningsFor(rootFiles: readonly string[]): Promise<{ warnings: string[]; details: string[] }> {
  const warnings: string[] = [];
  const details: string[] = [];
  await withPool(1, (pool) =>
    readRootFiles({
      inputs: { rootParts: undefined, rootFiles, rootFilesMode: 'git' },
      pool,
      log: {
        warning: (title, text) => void warnings.push(`${title}: ${text}`),
        detail: (text) => void details.push(text),
      },
      signal: new AbortController().signal,
    }),
  );
  return { warnings, details };
}

test('extended attributes and ACLs, which an image leaves out, are named', async () => {
  const directory = join(scratch, 'files');
  const outside = join(scratch, 'outside');
  mkdirSync(join(directory, 'etc'), { recursive: true });
  const names = ['etc/plain', 'etc/new\nline', 'etc/acl'].map((name) => join(directory, name));
  for (const name of [...names, outside]) {
    writeFileSync(name, '', { mode: 0o644 });
  }
  expect(await warningsFor([directory])).toEqual({ warnings: [], details: [] });

  // Neither a link within the directory nor what it leads to counts.
  symlinkSync('/outside', join(directory, 'etc/link'));
  await runTool('setfattr', ['-n', 'user.a', '-v', 'x', outside]);
  await runTool('setfattr', ['-n', 'user.comment', '-v', 'x', names[1] ?? '']);
  await runTool('setfattr', ['-n', 'system.posix_acl_access', '-v', ACL, names[2] ?? '']);
  await runTool('setfattr', ['-n', 'user.top', '-v', 'x', directory]);
  const link = join(scratch, 'link');
  symlinkSync(directory, link);
  const { warnings } = await warningsFor([link]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('root-files has 3 paths with');
  expect(warnings[0]).toContain('/ (user.top)');
  expect(warnings[0]).toContain('/etc/new\\x0aline (user.comment)');
  expect(warnings[0]).toContain('/etc/acl (system.posix_acl_access)');
  expect(warnings[0]).not.toContain('user.a)');
});

test('without getfattr there is no warning, and the log says so', async () => {
  vi.stubEnv('PATH', join(scratch, 'nowhere'));
  const { warnings, details } = await warningsFor([scratch]);
  expect(warnings).toEqual([]);
  expect(details).toEqual([expect.stringContaining('getfattr is not installed')]);
});
