/** The two hashes of a name. Indexed directories are sorted by `major`, then by `minor`. */
export interface DirectoryHash {
  readonly major: number;
  readonly minor: number;
}

/**
 * The half MD4 hash of a name as signed bytes, for indexed directories: `ext4fs_dirhash` of the kernel's
 * `fs/ext4/hash.c` with `DX_HASH_HALF_MD4`. `seed` is `s_hash_seed`; a seed of zeros means the built-in one.
 */
export function directoryHash(name: Uint8Array, seed: Uint32Array): DirectoryHash {
  const state = new Int32Array(seed.some((word) => word !== 0) ? seed : BUILT_IN_SEED);
  const words = new Int32Array(8);
  for (let start = 0; start < name.length; start += CHUNK_BYTES) {
    fillWords(words, name, start);
    transform(state, words);
  }
  const major = (state[1] & ~1) >>> 0;
  return { major: major === END_OF_DIRECTORY ? END_OF_DIRECTORY - 2 : major, minor: state[2] >>> 0 };
}

const BUILT_IN_SEED = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
const CHUNK_BYTES = 32;
/** The kernel reserves this value for the end of a directory. */
const END_OF_DIRECTORY = 0xfffffffe;

/** `str2hashbuf_signed`: packs the next 32 bytes big-endian, and pads them with the number of bytes that remain. */
function fillWords(words: Int32Array, name: Uint8Array, start: number): void {
  const remaining = name.length - start;
  const lengthTwice = remaining | (remaining << 8);
  const padding = lengthTwice | (lengthTwice << 16);
  const taken = Math.min(remaining, CHUNK_BYTES);
  let word = 0;
  let value = padding;
  for (let i = 0; i < taken; i++) {
    value = (((name[start + i] << 24) >> 24) + (value << 8)) | 0;
    if (i % 4 === 3) {
      words[word++] = value;
      value = padding;
    }
  }
  if (word < words.length) {
    words[word++] = value;
  }
  while (word < words.length) {
    words[word++] = padding;
  }
}

/** `half_md4_transform`: three rounds of eight steps. */
function transform(state: Int32Array, x: Int32Array): void {
  let [a, b, c, d] = state;
  const step = (sum: number, shift: number): number => (sum << shift) | (sum >>> (32 - shift));
  const f = (p: number, q: number, r: number): number => r ^ (p & (q ^ r));
  const g = (p: number, q: number, r: number): number => (p & q) + ((p ^ q) & r);

  for (let i = 0; i < 8; i += 4) {
    a = step((a + f(b, c, d) + x[i]) | 0, 3);
    d = step((d + f(a, b, c) + x[i + 1]) | 0, 7);
    c = step((c + f(d, a, b) + x[i + 2]) | 0, 11);
    b = step((b + f(c, d, a) + x[i + 3]) | 0, 19);
  }
  for (const i of [1, 0]) {
    a = step((a + g(b, c, d) + x[i] + 0x5a827999) | 0, 3);
    d = step((d + g(a, b, c) + x[i + 2] + 0x5a827999) | 0, 5);
    c = step((c + g(d, a, b) + x[i + 4] + 0x5a827999) | 0, 9);
    b = step((b + g(c, d, a) + x[i + 6] + 0x5a827999) | 0, 13);
  }
  for (const i of [3, 1]) {
    a = step((a + (b ^ c ^ d) + x[i] + 0x6ed9eba1) | 0, 3);
    d = step((d + (a ^ b ^ c) + x[i + 4] + 0x6ed9eba1) | 0, 9);
    c = step((c + (d ^ a ^ b) + x[i - 1] + 0x6ed9eba1) | 0, 11);
    b = step((b + (c ^ d ^ a) + x[i + 3] + 0x6ed9eba1) | 0, 15);
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}
