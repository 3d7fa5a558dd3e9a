import { SECTOR_SIZE } from '../../bytes/source.ts';
import { windowOf } from '../../bytes/window.ts';
import { userError } from '../../errors/user-error.ts';
import { type OpenAccess, openFile } from '../../image/file-access.ts';
import { quote } from '../../text/escape.ts';
import { type Ext4Place, ext4Volume } from './debugfs.ts';
import { fatVolume } from './fat-volume.ts';
import { type FoundPartition, readPartitions } from './partitions.ts';
import type { Volume } from './volume.ts';

/** A card whose partitions are known. Its FAT volumes are read while it is open. */
export interface OpenCard extends Disposable {
  readonly volumes: readonly Volume[];
  /** The last ext4 filesystem; `undefined` if there is none. */
  readonly root: Ext4Place | undefined;
  readonly rootVolume: Volume | undefined;
  /** Why a partition is not among the volumes, though it has a filesystem. */
  readonly problems: readonly string[];
}

/** Opens the card at `path`, which has `size` bytes. A disk without a partition table may be a filesystem itself. */
export async function openCard(path: string, size: number): Promise<OpenCard> {
  const access = openFile(path, size);
  try {
    const partitions = await partitionsOf(access, path);
    const found = partitions.map((partition, i) => openVolume(access, path, { ...partition, number: i + 1 }));
    const volumes = found.flatMap(({ volume }) => (volume === undefined ? [] : [volume]));
    const root = found.findLast(({ place }) => place !== undefined);
    return {
      volumes,
      root: root?.place,
      rootVolume: root?.volume,
      problems: found.flatMap(({ problem }) => problem ?? []),
      [Symbol.dispose]: () => access.close(),
    };
  } catch (error) {
    access.close();
    throw error;
  }
}

type Place = Pick<FoundPartition, 'offset' | 'length'>;

async function partitionsOf(access: OpenAccess, path: string): Promise<readonly Place[]> {
  const whole = { offset: 0, length: access.size };
  if (isExt4(access, 0)) {
    return [whole];
  }
  const sector = Buffer.alloc(SECTOR_SIZE);
  access.read(sector, 0);
  if (sector.readUInt16LE(510) !== 0xaa55) {
    throw userError({
      title: 'The image has no partition table',
      message: `${quote(path)}, unpacked, has neither a partition table nor an ext4 filesystem at its start.`,
      remedy: 'Set the input image to the image of a disk, such as one that this action made with format: sd-card.',
    });
  }
  return readPartitions(path);
}

function openVolume(
  access: OpenAccess,
  path: string,
  { number, offset, length }: Place & { readonly number: number },
): { readonly volume?: Volume; readonly place?: Ext4Place; readonly problem?: string } {
  if (isExt4(access, offset)) {
    const place = { path, offset };
    return { place, volume: ext4Volume(place, `partition ${number} (ext4)`) };
  }
  if (isFat(access, offset)) {
    const name = `partition ${number} (FAT)`;
    try {
      return { volume: fatVolume(windowOf(access, { offset, length }), name) };
    } catch (error) {
      return { problem: `${name} cannot be read: ${error instanceof Error ? error.message : error}` };
    }
  }
  return {};
}

/** `s_magic` of the superblock (Linux, Documentation/filesystems/ext4/super.rst). */
function isExt4(access: OpenAccess, offset: number): boolean {
  const magic = Buffer.alloc(2);
  if (offset + 2048 > access.size) {
    return false;
  }
  access.read(magic, offset + 1024 + 0x38);
  return magic.readUInt16LE() === 0xef53;
}

/** The signature of a boot sector, and the type that mkfs.fat and this project write into it. */
function isFat(access: OpenAccess, offset: number): boolean {
  const sector = Buffer.alloc(SECTOR_SIZE);
  access.read(sector, offset);
  const types = [sector.toString('latin1', 54, 57), sector.toString('latin1', 82, 85)];
  return sector.readUInt16LE(510) === 0xaa55 && types.includes('FAT');
}
