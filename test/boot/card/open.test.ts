// @module-tag system
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architectureOfKernel } from '../../../src/boot/card/architecture.ts';
import { checkRoot } from '../../../src/boot/card/check.ts';
import { parseListing } from '../../../src/boot/card/debugfs.ts';
import { openCard } from '../../../src/boot/card/open.ts';
import { checkStore, readRegistered } from '../../../src/boot/card/store.ts';
import { hashNar } from '../../../src/nix/nar/nar.ts';
import { narNodeOfPath } from '../../../src/nix/nar/of-path.ts';
import { encodeRegistration } from '../../../src/nix/registration.ts';
import { runTool } from '../../support/run-tool.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const directory = temporaryDirectory();
const MIB = 1024 * 1024;
const HELLO = '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-hello';
const OTHER = '/nix/store/1123456789abcdfghijklmnpqrsvwxyz-other';

/** A card with a FAT and an ext4 partition, by other programs; `change` changes the tree after its hashes are registered. */
async function makeCard(name: string, change: (root: string) => void = () => {}): Promise<string> {
  const root = join(directory, `${name}-root`);
  mkdirSync(join(root, HELLO, 'bin'), { recursive: true });
  writeFileSync(join(root, HELLO, 'bin/hello'), 'hello', { mode: 0o555 });
  await runTool('ln', ['-s', 'bin/hello', join(root, HELLO, 'link')]);
  mkdirSync(join(root, OTHER));
  const infos = [HELLO, OTHER].map((path) => ({
    path,
    ...hashNar(narNodeOfPath(Buffer.from(join(root, path)))),
    references: [],
  }));
  writeFileSync(join(root, 'nix-path-registration'), encodeRegistration(infos, '/nix/store'));
  change(root);
  const [card, fat, ext4] = ['card', 'fat', 'ext4'].map((part) => join(directory, `${name}-${part}`));
  for (const [path, bytes] of [
    [card, 64 * MIB],
    [fat, 16 * MIB],
    [ext4, 32 * MIB],
  ] as const) {
    writeFileSync(path, '');
    truncateSync(path, bytes);
  }
  await runTool('mkfs.vfat', ['-F', '16', fat]);
  writeFileSync(join(directory, 'config.txt'), 'arm_64bit=1\n');
  await runTool('mmd', ['-i', fat, '::/Directory']);
  await runTool('mcopy', ['-i', fat, join(directory, 'config.txt'), '::/Directory/Config.txt']);
  await runTool('mkfs.ext4', ['-q', '-b', '4096', '-d', root, ext4]);
  await runTool('sh', [
    '-c',
    `printf '1M,16M,c\\n17M,32M,83,*\\n' | sfdisk -q "$1" && dd if="$2" of="$1" bs=1M seek=1 conv=notrunc status=none && dd if="$3" of="$1" bs=1M seek=17 conv=notrunc status=none`,
    'sh',
    card,
    fat,
    ext4,
  ]);
  return card;
}

describe('a card that other programs wrote', () => {
  it('has volumes, whose files are read', async () => {
    const path = await makeCard('sound');
    using card = await openCard(path, statSync(path).size);
    expect(card.volumes.map(({ name }) => name)).toEqual(['partition 1 (FAT)', 'partition 2 (ext4)']);
    const [fat, ext4] = card.volumes;
    expect(await fat.list('/')).toEqual(['Directory']);
    expect((await fat.read('/directory/CONFIG.TXT'))?.toString()).toBe('arm_64bit=1\n');
    expect(await fat.read('/config.txt')).toBeUndefined();
    expect((await ext4.list('/nix/store')).toSorted()).toEqual([HELLO, OTHER].map((store) => store.slice(11)));
    expect(await ext4.list('/nowhere')).toEqual([]);
    expect((await ext4.read(`${HELLO}/bin/hello`))?.toString()).toBe('hello');
    expect(await ext4.read('/nowhere')).toBeUndefined();
    for (const [volume, file, contents] of [
      [fat, '/Directory/Config.txt', 'arm_64bit=1\n'],
      [ext4, `${HELLO}/bin/hello`, 'hello'],
    ] as const) {
      const target = join(directory, 'extracted');
      expect(await volume.extract('/nowhere', target)).toBe(false);
      expect(await volume.extract(file, target)).toBe(true);
      expect(readFileSync(target, 'utf8')).toBe(contents);
    }
    expect(card.root).toEqual({ path, offset: 17 * MIB });
    expect(card.problems).toEqual([]);
  });

  it('is read as far as it can be', async () => {
    const path = await makeCard('damaged');
    // The first copy of the file allocation table.
    await runTool('dd', [
      'if=/dev/urandom',
      `of=${path}`,
      'bs=512',
      'seek=2056',
      'count=8',
      'conv=notrunc',
      'status=none',
    ]);
    using card = await openCard(path, statSync(path).size);
    expect(card.volumes.map(({ kind }) => kind)).toEqual(['ext4']);
    expect(card.problems).toEqual([expect.stringMatching(/^partition 1 \(FAT\) cannot be read: /)]);
  });

  it('is checked, the filesystem and every store path', async () => {
    const path = await makeCard('checked');
    using card = await openCard(path, statSync(path).size);
    const { signal } = new AbortController();
    const options = { directory, signal, onProgress: () => {} };
    if (card.root === undefined || card.rootVolume === undefined) {
      throw new Error('The card has no root.');
    }
    expect(await checkRoot(card.root, true, signal)).toMatchObject({ size: 32 * MIB });
    const registered = await readRegistered(card.rootVolume);
    expect(registered.map((info) => info.path)).toEqual([HELLO, OTHER]);
    await checkStore(card.root, registered, options);
    const gone = { ...registered[0], path: `${HELLO}-2` };
    await expect(checkStore(card.root, [gone], { ...options })).rejects.toThrow(`${HELLO}-2 is missing`);

    await runTool('debugfs', ['-w', '-R', 'clri /nix-path-registration', `${path}?offset=${card.root.offset}`]);
    await expect(checkRoot(card.root, true, signal)).rejects.toMatchObject({ code: 'FILESYSTEM_DAMAGED' });
  });

  it('is found out if a store path has changed', async () => {
    const path = await makeCard('changed', (root) => writeFileSync(join(root, OTHER, 'more'), ''));
    using card = await openCard(path, statSync(path).size);
    if (card.root === undefined || card.rootVolume === undefined) {
      throw new Error('The card has no root.');
    }
    const options = { directory, signal: new AbortController().signal, onProgress: () => {} };
    const check = checkStore(card.root, await readRegistered(card.rootVolume), options);
    await expect(check).rejects.toThrow(`${OTHER} has the hash sha256:`);
  });
});

it('the architecture of a kernel is in its header', () => {
  const kernel = (offset: number, magic: string): Buffer => {
    const bytes = Buffer.alloc(4096);
    bytes.write(magic, offset, 'latin1');
    return bytes;
  };
  expect(architectureOfKernel(kernel(56, 'ARM\x64'))).toBe('arm64');
  expect(architectureOfKernel(kernel(56, 'RSC\x05'))).toBe('riscv64');
  expect(architectureOfKernel(kernel(0x202, 'HdrS'))).toBe('x86-64');
  expect(architectureOfKernel(kernel(0, 'MZ'))).toBeUndefined();
});

it('a listing of debugfs has files and directories', () => {
  expect(
    parseListing('/2/040755/0/0/.//\n/2/040755/0/0/..//\n/12/100644/0/0/a b/5/\n/11/040700/0/0/lost+found//\n'),
  ).toEqual(['a b', 'lost+found']);
});
