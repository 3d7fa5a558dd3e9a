export const COMPRESSIONS = ['zstd', 'gzip', 'xz', 'none'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

const SUFFIXES: Readonly<Record<Compression, string>> = { zstd: '.zst', gzip: '.gz', xz: '.xz', none: '' };

/** Least and greatest level of each compression's own tool. */
export const COMPRESSION_LEVELS: Readonly<Record<Exclude<Compression, 'none'>, readonly [number, number]>> = {
  zstd: [1, 22],
  gzip: [1, 9],
  xz: [0, 9],
};

/** Name of the file that is left: the image's name with the suffix of its compression. */
export function imageFileName(inputs: { readonly imageName: string; readonly compression: Compression }): string {
  return inputs.imageName + SUFFIXES[inputs.compression];
}
