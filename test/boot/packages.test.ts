import { expect, it } from 'vitest';
import { parseSimulation } from '../../boot/packages.ts';

/** As apt 2.6 prints it. */
const PRINTED = `NOTE: This is only a simulation!
      apt-get needs root privileges for real execution.
Inst gcc-12-base (12.2.0-14+deb12u1 Debian:12.15/oldstable [arm64])
Inst libc6 (2.36-9+deb12u14 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [arm64]) []
Inst libattr1 [1:2.5.1-3] (1:2.5.1-4 Debian:12.15/oldstable [arm64])
Inst adduser (3.134 Debian:12.15/oldstable [all])
Conf libc6 (2.36-9+deb12u14 Debian:12.15/oldstable [arm64])
`;

it('names the files of what apt would install', () => {
  expect(parseSimulation(PRINTED)).toEqual([
    { name: 'gcc-12-base', fileName: 'gcc-12-base_12.2.0-14+deb12u1_arm64.deb' },
    { name: 'libc6', fileName: 'libc6_2.36-9+deb12u14_arm64.deb' },
    { name: 'libattr1', fileName: 'libattr1_1%3a2.5.1-4_arm64.deb' },
    { name: 'adduser', fileName: 'adduser_3.134_all.deb' },
  ]);
});
