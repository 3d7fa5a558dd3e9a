import { expect, it } from 'vitest';
import { fileTree } from '../../../src/nixos/systemd-boot/file-tree.ts';
import { composeTree, type Generated } from '../../../src/tree/compose.ts';
import { spelledOut } from '../../support/image-packed.ts';

const file = (text: string): Generated => ({ kind: 'generated', mode: 0o644, gid: 0, contents: Buffer.from(text) });

it('merges directories as FAT does, keeps empty ones, and lets a later file win', () => {
  const tree = fileTree([
    { path: 'EFI/a', node: file('1') },
    { path: 'EFI/Linux', node: { kind: 'directory', mode: 0o755, gid: 0, children: [] } },
    { path: 'efi/b/c', node: file('22') },
    { path: 'efi/A', node: file('333') },
  ]);
  expect(spelledOut(composeTree(tree)).map(({ path, size }) => `${path} ${size}`)).toEqual([
    ' 0',
    'EFI 0',
    'EFI/Linux 0',
    'EFI/a 3',
    'EFI/b 0',
    'EFI/b/c 2',
  ]);
});
