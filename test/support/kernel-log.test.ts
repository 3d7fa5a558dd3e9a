import { expect, it } from 'vitest';
import { kernelComplaints } from './kernel-log.ts';

const MOUNTED =
  '[1.0] EXT4-fs (loop2): mounted filesystem 035026db-fa4e-00d2-3d03-0506b356ebad ro with ordered data mode. Quota mode: none.';

it('lists what the kernel complains about, and no line for its UUID', () => {
  const complaints = [
    '[1.1] EXT4-fs (loop2): bad geometry: block count 5 exceeds size of device (4 blocks)',
    '[1.2] EXT4-fs error (device loop2): ext4_lookup:1: bad entry in 035026db-fa4e-00d2-3d03-0506b356ebad',
    '[1.3] JBD2: Invalid checksum recovering block 7',
  ];
  const log = [MOUNTED, ...complaints, '[1.4] EXT4-fs (loop3): bad geometry'].join('\n');
  expect(kernelComplaints(log, 'loop2')).toEqual(complaints);
});
