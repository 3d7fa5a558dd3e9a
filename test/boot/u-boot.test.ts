import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { interruptUBoot, parseCrc32, parseListing, parseLoadedSize } from '../../boot/u-boot.ts';
import { openConsole } from '../../src/boot/machine/console.ts';

/** As U-Boot 2023.01 prints it. */
const LISTING = `ext4ls virtio 0:2 /boot/nixos
<DIR>       4096 .
<DIR>       4096 ..
         1048526 w2sq3zjabh7bl83y61w49x65q7af1hbn-initrd-linux-debian-initrd
        27303872 wdsgvwb5v5q3kd4201xb4x6kfy774kkj-linux-debian-Image
=> `;

const FAT_LISTING = `fatls virtio 0:1 /overlays
            ./
            ../
   300000   a long name.dtbo

1 file(s), 2 dir(s)

=> `;

describe("U-Boot's listings", () => {
  it('of ext4 are read', () => {
    expect([...parseListing(LISTING)]).toEqual([
      ['w2sq3zjabh7bl83y61w49x65q7af1hbn-initrd-linux-debian-initrd', 1048526],
      ['wdsgvwb5v5q3kd4201xb4x6kfy774kkj-linux-debian-Image', 27303872],
    ]);
  });

  it('of FAT are read', () => {
    expect([...parseListing(FAT_LISTING)]).toEqual([['a long name.dtbo', 300000]]);
  });
});

it('reads how much was loaded', () => {
  expect(parseLoadedSize('load virtio 0:2 $ramdisk_addr_r "/a"\n27303872 bytes read in 248 ms (105 MiB/s)\n=> ')).toBe(
    27303872,
  );
  expect(parseLoadedSize('26 bytes read in 0 ms\n')).toBe(26);
  const failed = "** File not found /a **\nFailed to load '/a'\n=> ";
  expect(() => parseLoadedSize(failed)).toThrow('U-Boot loaded nothing: ** File not found /a **');
});

it('reads a CRC-32', () => {
  expect(parseCrc32('crc32 $fileaddr $filesize\ncrc32 for 44000000 ... 45a09fbf ==> 01205f78\n=> ')).toBe(0x01205f78);
  expect(() => parseCrc32('crc32 - checksum calculation\n\nUsage:\n')).toThrow('U-Boot gave no CRC-32');
});

it("speaks with U-Boot's shell", async () => {
  const script = `
    printf 'Hit any key to stop autoboot:  2 '; head -c 1 > /dev/null; printf '\\n=> '
    while read -r line; do
      echo "$line"
      case $line in
        load*) echo '5 bytes read in 1 ms (4.9 KiB/s)' ;;
        crc32*) echo 'crc32 for 44000000 ... 44000004 ==> 3610a686' ;;
      esac
      printf '=> '
    done`;
  const serial = openConsole(spawn('sh', ['-c', script]), () => {});
  const shell = await interruptUBoot(serial);
  expect(await shell.load('virtio 0:2', '/hello')).toEqual({ size: 5, crc32: 0x3610a686 });
  expect(await shell.run('help')).toBe('help\n=> ');
  serial.close();
});
