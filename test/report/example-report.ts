import type { Report } from '../../src/report/report.ts';

/** The report of a small image. */
export const exampleReport: Report = {
  image: {
    path: '/tmp/out/nixos.img.zst',
    fileName: 'nixos.img.zst',
    size: 851_771_392,
    sha256: '1'.repeat(64),
    uncompressedSize: 2_576_980_377,
    uncompressedSha256: '2'.repeat(64),
  },
  filesystem: {
    uuid: '44444444-4444-4444-8888-888888888888',
    label: 'NIXOS_SD',
    freeBytes: 16 * 2 ** 20,
    structureBytes: 80 * 2 ** 20,
  },
  closure: {
    storePaths: [
      { path: '/nix/store/0c0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-glibc-2.40', narSize: 30_000_000 },
      { path: '/nix/store/1a0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-linux-6.12', narSize: 900_000_000 },
      { path: '/nix/store/2b0x4nf8jc3fsg1m0zjdbzyrm08yc1h6-bash-5.2', narSize: 1_500_000 },
    ],
    narBytes: 931_500_000,
  },
  deduplicatedBytes: 350_000_000,
  checks: [
    { name: 'e2fsck', result: 'clean' },
    { name: 'contents', result: '3 store paths as registered' },
  ],
  phases: [
    { name: 'Closure', seconds: 0.42 },
    { name: 'Upload', seconds: 125 },
  ],
  seconds: 131.2,
  artifact: { id: 4711, url: 'https://github.com/o/r/actions/runs/99/artifacts/4711', digest: '1'.repeat(64) },
  companions: [
    { kind: 'manifest', path: '/tmp/out/nixos.img.manifest.json', size: 20_000, sha256: '3'.repeat(64) },
    { kind: 'sbom', path: '/tmp/out/nixos.img.cdx.json', size: 30_000, sha256: '7'.repeat(64) },
    { kind: 'block-map', path: '/tmp/out/nixos.img.bmap', size: 9000, sha256: '4'.repeat(64) },
    { kind: 'imager-manifest', path: '/tmp/out/nixos.img.rpi-imager-manifest', size: 900, sha256: '5'.repeat(64) },
    { kind: 'checksums', path: '/tmp/out/SHA256SUMS', size: 360, sha256: '6'.repeat(64) },
  ],
  changes: undefined,
  release: {
    tag: 'v1.0',
    url: 'https://github.com/o/r/releases/tag/untagged-0123',
    isDraft: true,
    files: [
      { name: 'nixos.img.zst', url: 'https://github.com/o/r/releases/download/v1.0/nixos.img.zst', size: 851_771_392 },
      { name: 'SHA256SUMS', url: 'https://github.com/o/r/releases/download/v1.0/SHA256SUMS', size: 200 },
    ],
    joinCommand: undefined,
  },
};
