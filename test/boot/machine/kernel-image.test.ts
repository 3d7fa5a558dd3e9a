import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpackKernel } from '../../../src/boot/machine/kernel-image.ts';

const KERNEL = Buffer.from('MZ, and then the instructions of a kernel'.padEnd(64, '\0') + 'PE\0\0'.padEnd(24, '\0'));
KERNEL.writeUInt32LE(64, 0x3c);

test('returns a kernel that is not packed', () => {
  expect(unpackKernel(KERNEL)).toEqual(KERNEL);
  expect(unpackKernel(Buffer.from('ELF'))).toEqual(Buffer.from('ELF'));
});

test('unpacks a kernel that is compressed', () => {
  expect(unpackKernel(gzipSync(KERNEL))).toEqual(KERNEL);
});

test('unpacks a kernel in an EFI program that decompresses it', () => {
  expect(unpackKernel(decompressor(gzipSync(KERNEL), 'gzip'))).toEqual(KERNEL);
  expect(unpackKernel(decompressor(zstdCompressSync(KERNEL), 'zstd'))).toEqual(KERNEL);
  expect(() => unpackKernel(decompressor(KERNEL, 'lzma'))).toThrow('The kernel is compressed with lzma');
});

test('unpacks a kernel in a section of an EFI program', () => {
  expect(unpackKernel(program({ '.text': Buffer.from('code'), '.linux': KERNEL }))).toEqual(KERNEL);
  const packed = decompressor(zstdCompressSync(KERNEL), 'zstd');
  expect(unpackKernel(program({ '.linux': packed, '.data': Buffer.from('data') }))).toEqual(KERNEL);
});

/** As Linux builds vmlinuz.efi. */
function decompressor(payload: Buffer, compression: string): Buffer {
  const header = Buffer.alloc(100);
  header.write('MZ\0\0zimg');
  header.writeUInt32LE(header.length, 8);
  header.writeUInt32LE(payload.length, 12);
  header.write(compression, 24);
  return Buffer.concat([header, payload, Buffer.from('what comes after')]);
}

/** A PE file with sections that fill whole pages. */
function program(sections: Readonly<Record<string, Buffer>>): Buffer {
  const header = Buffer.alloc(4096);
  header.write('MZ');
  header.writeUInt32LE(128, 0x3c);
  header.write('PE\0\0', 128);
  header.writeUInt16LE(Object.keys(sections).length, 134);
  header.writeUInt16LE(240, 148);
  const pages = Object.entries(sections).map(([name, data], i) => {
    const offset = 152 + 240 + i * 40;
    header.write(name, offset);
    header.writeUInt32LE(data.length, offset + 8);
    header.writeUInt32LE(4096 * (i + 1), offset + 20);
    return Buffer.concat([data], 4096);
  });
  return Buffer.concat([header, ...pages]);
}
