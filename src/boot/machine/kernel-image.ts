import { gunzipSync, zstdDecompressSync } from 'node:zlib';

/**
 * Unpacks a kernel for arm64 as distributions ship it, since QEMU reads few of these forms: compressed with gzip; an EFI
 * program that decompresses the kernel itself (Linux, drivers/firmware/efi/libstub/zboot-header.S); or an EFI program that has
 * the kernel in the section `.linux` (systemd-stub). Any other kernel is returned as it is.
 *
 * @throws Error for a compression other than gzip and zstd.
 */
export function unpackKernel(kernel: Buffer): Buffer {
  if (kernel.readUInt16BE(0) === 0x1f8b) {
    return unpackKernel(gunzipSync(kernel));
  }
  if (kernel.toString('latin1', 0, 2) !== 'MZ') {
    return kernel;
  }
  if (kernel.toString('latin1', 4, 8) === 'zimg') {
    const payload = kernel.readUInt32LE(8);
    const compression = textAt(kernel, 24, 32);
    return decompress(kernel.subarray(payload, payload + kernel.readUInt32LE(12)), compression);
  }
  const section = findSection(kernel, '.linux');
  return section === undefined ? kernel : unpackKernel(section);
}

function decompress(payload: Buffer, compression: string): Buffer {
  switch (compression) {
    case 'gzip':
      return gunzipSync(payload);
    case 'zstd':
      return zstdDecompressSync(payload);
    default:
      throw new Error(`The kernel is compressed with ${compression}; expected gzip or zstd.`);
  }
}

/** A section of an EFI program (Microsoft, PE Format: COFF file header, section table). */
function findSection(program: Buffer, name: string): Buffer | undefined {
  const header = program.readUInt32LE(0x3c) + 4;
  const count = program.readUInt16LE(header + 2);
  const table = header + 20 + program.readUInt16LE(header + 16);
  const offset = Array.from({ length: count }, (_, i) => table + i * 40).find(
    (start) => textAt(program, start, 8) === name,
  );
  if (offset === undefined) {
    return undefined;
  }
  const start = program.readUInt32LE(offset + 20);
  return program.subarray(start, start + program.readUInt32LE(offset + 8));
}

/** A text that zeros fill up to its length. */
function textAt(bytes: Buffer, offset: number, length: number): string {
  return bytes.toString('latin1', offset, offset + length).replace(/\0.*$/s, '');
}
