import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { kernelComplaints } from '../../support/kernel-log.ts';
import { runTool } from '../../support/run-tool.ts';
import { filesBelow } from './tools.ts';
import type { Files } from './volume.ts';

/** Why the kernel's vfat cannot be asked on this machine; undefined if it can. */
export const kernelVfatImpossible =
  process.arch === 'x64' ? undefined : `user-mode Linux exists for x86 alone, this is ${process.arch}`;

/** What Linux's vfat driver made of a volume. */
export interface KernelVolume {
  /** All files, as the kernel copied them out. */
  readonly files: Files;
  /** Last change of files and directories, seconds, each once; time zone UTC. */
  readonly times: readonly number[];
  /** Permission bits of files and directories, each once. */
  readonly modes: readonly string[];
  /** Bytes free by statfs. */
  readonly free: number;
  readonly complaints: readonly string[];
}

const MODULES = '/usr/lib/uml/modules';

/**
 * Mounts a volume read-only under Debian's user-mode Linux, which needs no rights and has a vfat module where the
 * machine's own kernel may have none, and copies all files out. `directory` is for this run alone, and its path must not
 * hold spaces or quotes.
 */
export async function readWithKernel(imagePath: string, directory: string): Promise<KernelVolume> {
  mkdirSync(join(directory, 'mounted'));
  mkdirSync(join(directory, 'copy'));
  const [release] = readdirSync(MODULES);
  const init = join(directory, 'init');
  writeFileSync(init, script(directory, join(MODULES, release, 'kernel/fs')), { mode: 0o755 });
  const root = ['root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'rw', `init=${init}`];
  const environment = existsSync('/dev/shm') ? { TMPDIR: '/dev/shm' } : {};
  const options = { environment, timeout: inject('hang'), allowFailure: true };
  await runTool('linux.uml', [`ubd0r=${imagePath}`, 'mem=256M', ...root, 'con=null', 'con0=null,fd:1'], options);
  const text = (name: string): string => readFileSync(join(directory, name), 'latin1');
  if (text('status') !== '0\n') {
    throw new Error(`the kernel did not read the volume:\n${text('log')}`);
  }
  const lines = text('stat').trim().split('\n');
  const column = (i: number): readonly string[] => [...new Set(lines.map((line) => line.split(' ')[i]))];
  return {
    files: filesBelow(join(directory, 'copy')),
    times: column(0).map((seconds) => Number(seconds)),
    modes: column(1),
    free: Number(text('free')),
    complaints: kernelComplaints(text('kernel-log'), 'ubda'),
  };
}

/** finit_module of x86-64: insmod is in a package of its own, which a container does without. */
const LOAD_MODULE =
  'open(F, "<", $ARGV[0]) or die $!; syscall(313, fileno(F), my $none = "", 0) == 0 or die "$ARGV[0]: $!"';

function script(directory: string, modules: string): string {
  return `#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
mount -t proc proc /proc
mount -t devtmpfs dev /dev 2> /dev/null
cd '${directory}'
(
  set -e
  for module in nls/nls_cp437 nls/nls_utf8 nls/nls_ascii nls/nls_iso8859-1 fat/fat fat/vfat; do
    [ ! -e '${modules}'/$module.ko ] || perl -e '${LOAD_MODULE}' '${modules}'/$module.ko
  done
  mount -t vfat -o ro,utf8,tz=UTC /dev/ubda mounted
  cp -r mounted/. copy
  find mounted -mindepth 1 -printf '%T@ %m %y\\n' | sort -u > stat
  stat -f -c %f mounted > blocks
  stat -f -c %S mounted > block
  echo $(($(cat blocks) * $(cat block))) > free
  umount mounted
) > log 2>&1
echo $? > status
dmesg > kernel-log
echo o > /proc/sysrq-trigger
sleep 60
`;
}
