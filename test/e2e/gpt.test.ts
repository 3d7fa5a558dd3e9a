// @module-tag system
/** Cards with a GPT and with raw partitions, as the tools of Linux, its kernel and U-Boot see them. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { interruptUBoot } from '../../boot/u-boot.ts';
import { EMULATION, HEADLESS, virtioDisk, withEmulator } from '../../src/boot/machine/emulator.ts';
import { partitionGuid } from '../../src/disk/table.ts';
import { checkWithFsck } from '../fat/support/tools.ts';
import { bytesOf, MIB } from '../fat/support/volume.ts';
import { BOOTSPEC, buildSystem } from '../nixos/support/system.ts';
import { type ActionRun, runAction } from '../support/action.ts';
import { withMounted } from '../support/kernel.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { MACHINE_TIMEOUT, runOnDisks } from '../support/vm/machine.ts';

const SPL = bytesOf(150_001, 1);
const U_BOOT = bytesOf(900_000, 2);
const UUID = Buffer.from('44444444444444448888888888888888', 'hex');
const { toplevel } = buildSystem({ bootspec: BOOTSPEC });

/** A table as `sfdisk --json` writes it. */
interface Table {
  readonly label: string;
  readonly id: string;
  readonly partitions: readonly {
    readonly node: string;
    readonly start: number;
    readonly size: number;
    readonly type: string;
    readonly uuid?: string;
    readonly name?: string;
    readonly attrs?: string;
    readonly bootable?: boolean;
  }[];
}

async function readTable(path: string): Promise<Table> {
  const { stdout } = await runTool('sfdisk', ['--json', path]);
  return JSON.parse(stdout.toString()).partitiontable;
}

function writeFiles(directory: string): Readonly<Record<string, string>> {
  const firmware = join(directory, 'firmware');
  mkdirSync(firmware);
  writeFileSync(join(firmware, 'config.txt'), 'arm_64bit=1\n');
  writeFileSync(join(directory, 'spl.bin'), SPL);
  writeFileSync(join(directory, 'u-boot.itb'), U_BOOT);
  return { format: 'sd-card', system: toplevel, 'firmware-files': firmware, compression: 'none' };
}

/** Copies an image to a larger card, and grows its last partition as the sd-image module of nixpkgs does. */
async function growLast(image: string, number: number): Promise<string> {
  const card = join(temporaryDirectory(), 'card');
  copyFileSync(image, card);
  truncateSync(card, 8 * 1024 * MIB);
  const args = ['--quiet', `-N${number}`, '--no-reread', '--no-tell-kernel', card];
  await runTool('sfdisk', args, { stdin: Buffer.from(',+,\n') });
  return card;
}

describe('a card with a GPT', () => {
  let directory: string;
  let run: ActionRun;
  let image: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'nix-ext4-image-gpt-'));
    const bootloader = [
      `${directory}/spl.bin@2MiB:2e54b353-1271-4842-806f-e436d6af6985`,
      `${directory}/u-boot.itb@4MiB:5B193300-FC78-40CD-8002-E86C45580B47`,
    ].join('\n');
    const inputs = { ...writeFiles(directory), 'partition-table': 'gpt', 'firmware-filesystem': 'fat32', bootloader };
    run = await runAction({ ...inputs, 'firmware-size': '40MiB' }, { directory });
    image = run.outputs['image-path'];
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('has the bytes that sfdisk writes for the same partitions', async () => {
    expect(run, run.log).toMatchObject({ exitCode: 0, temporaryFiles: [] });
    const size = Number(run.outputs['image-size']);
    const { id } = await readTable(image);
    const filesystem = Number(JSON.parse(readFileSync(run.outputs['manifest-path'], 'utf8')).layout.parts.at(-1).size);
    const uuid = (number: number) => `uuid=${partitionGuid(UUID, number)}`;
    const script = [
      'label: gpt',
      `label-id: ${id}`,
      'first-lba: 34',
      `start=2M, size=4096, type=2E54B353-1271-4842-806F-E436D6AF6985, name=spl.bin, ${uuid(1)}`,
      `start=4M, size=8192, type=5B193300-FC78-40CD-8002-E86C45580B47, name=u-boot.itb, ${uuid(2)}`,
      `start=8M, size=81920, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name=firmware, ${uuid(3)}`,
      `start=48M, size=${filesystem / 512}, type=B921B045-1DF0-41C3-AF44-4C6F280D3FAE, name=nixos, attrs=LegacyBIOSBootable, ${uuid(4)}`,
      '',
    ].join('\n');
    const expected = join(directory, 'table');
    writeFileSync(expected, '');
    truncateSync(expected, size);
    await runTool('sfdisk', ['--quiet', '--no-reread', '--no-tell-kernel', expected], { stdin: Buffer.from(script) });
    const [found, wanted] = [readFileSync(image), readFileSync(expected)];
    expect(found.toString('hex', 0, 34 * 512)).toBe(wanted.toString('hex', 0, 34 * 512));
    expect(found.toString('hex', size - 33 * 512)).toBe(wanted.toString('hex', size - 33 * 512));
  });

  it('is right for sgdisk, sfdisk and fsck.vfat, and has its files in their partitions', async () => {
    expect((await runTool('sgdisk', ['--verify', image])).stdout.toString()).toContain('No problems found.');
    expect((await runTool('sfdisk', ['--verify', image])).stdout.toString()).toContain('No errors detected.');
    const bytes = readFileSync(image);
    expect(bytes.subarray(2 * MIB, 2 * MIB + SPL.length).equals(SPL)).toBe(true);
    expect(bytes.subarray(4 * MIB, 4 * MIB + U_BOOT.length).equals(U_BOOT)).toBe(true);
    const partition = join(directory, 'fat');
    writeFileSync(partition, bytes.subarray(8 * MIB, 48 * MIB));
    await checkWithFsck(partition);
    expect(bytes.toString('latin1', 8 * MIB + 82, 8 * MIB + 90)).toBe('FAT32   ');
    expect(bytes.readUInt32LE(8 * MIB + 32)).toBe(81920);
    const { size } = (await readTable(image)).partitions[3];
    await withMounted(image, { offset: 48 * MIB, size: size * 512 }, (mounted) => {
      expect(readFileSync(join(mounted, 'boot/extlinux/extlinux.conf'), 'utf8')).toContain('LABEL nixos-default');
    });
  });

  it('is described by its manifest and its block map', async () => {
    const table = await readTable(image);
    const { layout } = JSON.parse(readFileSync(run.outputs['manifest-path'], 'utf8'));
    expect(layout.partitionTable).toEqual({ type: table.label, diskGuid: table.id });
    const described = layout.parts.filter(({ type }: { type: string }) => type !== 'blob');
    expect(described).toMatchObject(
      table.partitions.map(({ start, size, type, uuid, name, attrs }, i) => ({
        partition: i + 1,
        partitionType: type,
        partitionGuid: uuid,
        partitionName: name,
        bootable: attrs === 'LegacyBIOSBootable',
        offset: start * 512,
        size: size * 512,
      })),
    );
    const target = join(directory, 'written');
    await runTool('bmaptool', ['copy', image, target]);
    expect(readFileSync(target).equals(readFileSync(image))).toBe(true);
  });

  it('is the same when it is compressed', async () => {
    const elsewhere = temporaryDirectory();
    const bootloader = [
      `${directory}/spl.bin@2MiB:2E54B353-1271-4842-806F-E436D6AF6985`,
      `${directory}/u-boot.itb@4MiB:5b193300-fc78-40cd-8002-e86c45580b47`,
    ].join('\n');
    const inputs = { ...writeFiles(elsewhere), 'partition-table': 'gpt', 'firmware-filesystem': 'fat32', bootloader };
    const compressed = await runAction(
      { ...inputs, 'firmware-size': '40MiB', compression: 'zstd' },
      { directory: elsewhere },
    );
    expect(compressed, compressed.log).toMatchObject({ exitCode: 0, temporaryFiles: [] });
    expect(compressed.outputs['uncompressed-sha256']).toBe(run.outputs['image-sha256']);
  });

  it('grows at the first boot, and keeps its types, GUIDs and attributes', async () => {
    const before = await readTable(image);
    const card = await growLast(image, 4);
    const after = await readTable(card);
    const withoutNodes = ({ partitions }: Table) => partitions.map(({ node, ...rest }) => rest);
    const grown = withoutNodes(before).map((partition, i) =>
      i === 3 ? { ...partition, size: expect.toSatisfy((size) => size > 7 * 1024 * 2048) } : partition,
    );
    expect(withoutNodes(after)).toEqual(grown);
    expect(after.id).toBe(before.id);
    expect((await runTool('sgdisk', ['--verify', card])).stdout.toString()).toContain('No problems found.');
    expect((await runTool('sfdisk', ['--verify', card])).stdout.toString()).toContain('No errors detected.');
  });

  it('is scanned by a kernel without a complaint', { tags: ['slow'], timeout: MACHINE_TIMEOUT }, async () => {
    const script = `
for partition in /sys/block/\${1#/dev/}/\${1#/dev/}?; do
  sed -n 's/^PARTNAME=//p' $partition/uevent
  cat $partition/partition $partition/start $partition/size
done`;
    const [result] = await runOnDisks(script, [{ path: image, readOnly: true }], join(directory, 'machine'));
    const { partitions } = await readTable(image);
    const expected = partitions.map(({ name, start, size }, i) => `${name}\n${i + 1}\n${start}\n${size}\n`);
    expect(result).toMatchObject({ status: 0, log: expected.join(''), complaints: [] });
  });

  it('is listed by U-Boot', { tags: ['slow'], timeout: MACHINE_TIMEOUT }, async () => {
    const [program, ...machine] = UBOOT_MACHINES[process.arch === 'arm64' ? 'arm64' : 'x64'];
    const args = [...machine, ...EMULATION, ...HEADLESS, ...virtioDisk('card', image, { readonly: 'on' })];
    const text = await withEmulator(
      program,
      args,
      () => {},
      async (serial) => {
        const shell = await interruptUBoot(serial);
        await shell.run('virtio scan');
        return await shell.run('part list virtio 0');
      },
    );
    const hex = (sector: number) => `0x${sector.toString(16).padStart(8, '0')}`;
    const { partitions } = await readTable(image);
    for (const { name, start, size, type, uuid, attrs } of partitions) {
      expect(text).toContain(`${hex(start)}\t${hex(start + size - 1)}\t"${name}"`);
      expect(text).toContain(`type:\t${type.toLowerCase()}`);
      expect(text).toContain(`guid:\t${uuid?.toLowerCase()}`);
      expect(text).toContain(`attrs:\t0x000000000000000${attrs === undefined ? 0 : 4}`);
    }
  });
});

/** U-Boot of the package u-boot-qemu, on a machine like this one. */
const UBOOT_MACHINES = {
  x64: ['qemu-system-x86_64', '-machine', 'pc', '-m', '512', '-bios', '/usr/lib/u-boot/qemu-x86_64/u-boot.rom'],
  arm64: [
    'qemu-system-aarch64',
    ...['-machine', 'virt', '-cpu', 'cortex-a57', '-m', '512', '-bios', '/usr/lib/u-boot/qemu_arm64/u-boot.bin'],
  ],
} as const;

test('a card with root partition 2 and boot code grows by that number', async () => {
  const directory = temporaryDirectory();
  const { 'firmware-files': _, ...inputs } = writeFiles(directory);
  const bootloader = `${directory}/u-boot.itb@0\n${directory}/spl.bin@2MiB:da`;
  const run = await runAction({ ...inputs, bootloader, 'firmware-offset': '4MiB' }, { directory });
  expect(run, run.log).toMatchObject({ exitCode: 0, temporaryFiles: [] });
  const image = run.outputs['image-path'];
  const bytes = readFileSync(image);
  expect(bytes.subarray(0, 440).equals(U_BOOT.subarray(0, 440))).toBe(true);
  expect(bytes.subarray(512, U_BOOT.length).equals(U_BOOT.subarray(512))).toBe(true);
  const before = await readTable(image);
  expect(before.partitions).toMatchObject([
    { node: `${image}1`, start: 4096, size: 4096, type: 'da' },
    { node: `${image}2`, start: 8192, type: '83', bootable: true },
  ]);
  const grown = await readTable(await growLast(image, 2));
  expect(grown.partitions[0].size).toBe(4096);
  expect(grown.partitions[1]).toMatchObject({ start: 8192, size: 8 * 1024 * 2048 - 8192, bootable: true });
});

test('a card with one partition can have it as number 2', async () => {
  const directory = temporaryDirectory();
  const { 'firmware-files': _, ...inputs } = writeFiles(directory);
  const run = await runAction({ ...inputs, 'root-partition': '2' }, { directory });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  const image = run.outputs['image-path'];
  expect((await readTable(image)).partitions).toMatchObject([{ node: `${image}2`, start: 16384 }]);
  const { partitions } = await readTable(await growLast(image, 2));
  expect(partitions).toHaveLength(1);
  expect(partitions[0]).toMatchObject({ start: 16384, size: 8 * 1024 * 2048 - 16384, bootable: true });
});
