// @module-tag system
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAction } from '../support/action.ts';
import { dumpe2fsFields } from '../support/image-check.ts';
import { withMounted } from '../support/kernel.ts';
import { buildPaths } from '../support/nix-store.ts';
import { makeOldImage } from '../support/old-recipe.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { compareTrees } from '../support/tree-comparison.ts';
import { listTree } from '../support/tree-listing.ts';

const UUID = 'd3b4ad07-5a6e-4d3c-8c1b-0f5f2f7f1e11';

/** Names that the recipe's script can hold. */
function plainClosure(): Readonly<Record<string, string>> {
  return buildPaths({
    'plain-library': {
      script: `mkdir -p $out/lib $out/share/doc; i=0
        while [ $i -lt 1500 ]; do head -c $((i * 7)) /dev/zero | tr '\\0' x > $out/share/doc/file-$i; i=$((i + 1)); done
        printf code > $out/lib/lib.so.1; chmod +x $out/lib/lib.so.1; ln -s lib.so.1 $out/lib/lib.so`,
    },
    'plain-program': {
      uses: { library: 'plain-library' },
      script: `mkdir -p $out/bin; printf '#!%s/lib/lib.so\\n' $library > $out/bin/program; chmod +x $out/bin/program
        ln -s $library/share/doc $out/doc`,
    },
  });
}

test('beside the old recipe, the image shows the same tree', async () => {
  const directory = temporaryDirectory();
  const paths = plainClosure();
  const closure = Object.values(paths).sort();
  const run = await runAction(
    {
      'store-paths': paths['plain-program'],
      compression: 'none',
      'volume-label': 'NIXOS_SD',
      uuid: UUID,
      deduplicate: 'false',
    },
    { directory },
  );
  expect(run.exitCode).toBe(0);
  const registrationFile = join(directory, 'registration');
  const oldImage = join(directory, 'old.img');
  const registration = execFileSync('debugfs', ['-R', 'cat /nix-path-registration', run.outputs['image-path']], {
    stdio: 'pipe',
  });
  writeFileSync(registrationFile, registration);
  await makeOldImage(oldImage, { storePaths: closure, registrationFile, volumeLabel: 'NIXOS_SD', uuid: UUID });

  const list = (image: string) => withMounted(image, {}, (mounted) => listTree(mounted));
  const differences = compareTrees(await list(oldImage), await list(run.outputs['image-path']), {
    // Where inodes stand is each filesystem's own, and a directory's size depends on how full its blocks are.
    ignore: ['inode', 'directorySize'],
    ignoreAt: {
      // On purpose, the time stamp 1 that Nix gives to all files; the recipe has the time of mkfs there.
      '.': ['mtime', 'atime', 'ctime'],
      'lost+found': ['mtime', 'atime', 'ctime'],
      nix: ['mtime', 'atime', 'ctime'],
      // On purpose, 01775 and the build users' group, as the Nix daemon sets them; the recipe left 0755 and root.
      'nix/store': ['mode', 'gid', 'mtime', 'atime', 'ctime'],
      // On purpose, as no one should write to it; root may remove it all the same, as NixOS does.
      'nix-path-registration': ['mode'],
    },
  });
  expect(differences).toEqual([]);
  const facts = async (image: string) => {
    const fields = await dumpe2fsFields(image);
    return [fields.get('Filesystem volume name'), fields.get('Filesystem UUID')];
  };
  expect(await facts(run.outputs['image-path'])).toEqual(await facts(oldImage));
  expect(await facts(oldImage)).not.toContain(undefined);
});
