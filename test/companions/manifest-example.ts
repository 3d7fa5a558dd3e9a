import type { ManifestFacts } from '../../src/companions/manifest.ts';

const GLIBC = '/nix/store/0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-glibc-2.40';
const BASH = '/nix/store/1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-bash-5.2';

/** The manifest of a small image. */
export const exampleFacts: ManifestFacts = {
  image: {
    path: '/output/nixos.img.zst',
    format: 'ext4',
    compression: 'zstd',
    size: 1000,
    sha256: '1'.repeat(64),
    uncompressedSize: 4096 * 1000,
    uncompressedSha256: '2'.repeat(64),
  },
  filesystem: { uuid: '44444444-4444-4444-8888-888888888888', label: 'NIXOS_SD', freeBytes: 2 ** 24 },
  card: undefined,
  storePaths: [
    { path: BASH, hash: new Uint8Array(32).fill(1), size: 1_500_000, references: [BASH, GLIBC] },
    { path: GLIBC, hash: new Uint8Array(32), size: 30_000_000, references: [] },
  ],
  tools: { 'nix-ext4-image': '1.2.3', e2fsck: '1.47.0' },
};
