import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRegistration, parseRegistration, type StorePathInfo } from '../../src/nix/registration.ts';
import { dumpDatabase, loadRegistration, nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const STORE = '/nix/store';
const PATH_A = `${STORE}/0123456789abcdfghijklmnpqrsvwxyz-a`;
const PATH_B = `${STORE}/1123456789abcdfghijklmnpqrsvwxyz-b`;
const HEX = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const NIX32 = '1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s';
const BASE64 = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=';
const INFO: StorePathInfo = { path: PATH_A, hash: Buffer.from(HEX, 'hex'), size: 7, references: [] };

/** A path in the attributes that Nix passes to a build. */
interface Info {
  readonly path: string;
  readonly narHash: string;
  readonly narSize: number;
  readonly references: readonly string[];
}

const directory = temporaryDirectory();
const parse = (...lines: string[]) => parseRegistration(Buffer.from(lines.map((line) => `${line}\n`).join('')), STORE);

describe('with Nix', { tags: ['system'] }, () => {
  it('parses the output of nix-store --dump-db, and Nix loads the same database from it', () => {
    const { root } = sampleClosure();
    const paths = nix('nix-store', ['--query', '--requisites', root]).toString().trim().split('\n');
    const dump = nix('nix-store', ['--dump-db', ...paths]);
    const infos = parseRegistration(dump, STORE);
    expect(infos.map(({ path }) => path)).toEqual(paths);

    const store = temporaryDirectory();
    loadRegistration(store, encodeRegistration(infos, STORE));
    const loaded = dumpDatabase(store);
    expect(withoutDerivers(loaded)).toBe(
      withoutDerivers(nix('nix-store', ['--dump-db', ...paths.toSorted()]).toString()),
    );
    expect(parseRegistration(Buffer.from(loaded), STORE)).toEqual(infos.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
  });

  it('encodes the same bytes as closureInfo of nixpkgs', () => {
    const { root } = sampleClosure();
    const script = 'source $NIX_ATTRS_SH_FILE; cp $NIX_ATTRS_JSON_FILE $' + '{outputs[out]}';
    const expression = `{ root, script }: derivation {
      name = "closure-info"; system = builtins.currentSystem; builder = "/bin/bash"; args = [ "-euc" (script + "\n:") ];
      PATH = "/usr/bin:/bin"; __structuredAttrs = true; exportReferencesGraph.closure = [ (builtins.storePath root) ];
    }`;
    const link = join(directory, 'closure-info');
    nix('nix-build', [
      '--out-link',
      link,
      '--expr',
      expression,
      '--argstr',
      'root',
      root,
      '--argstr',
      'script',
      script,
    ]);
    const { closure }: { closure: Info[] } = JSON.parse(readFileSync(link, 'utf8'));
    const lines = closure.flatMap(({ path, narHash, narSize, references }) => [
      path,
      narHash,
      narSize,
      '',
      references.length,
      ...references,
    ]);

    const paths = nix('nix-store', ['--query', '--requisites', root]).toString().trim().split('\n');
    const infos = parseRegistration(nix('nix-store', ['--dump-db', ...paths]), STORE);
    expect(encodeRegistration(infos, STORE).toString()).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('encodes records that Nix loads and prints unchanged, whatever the paths', () => {
    fc.assert(
      fc.property(closures(), (infos) => {
        const store = temporaryDirectory();
        loadRegistration(store, encodeRegistration(infos, STORE));
        expect(encodeRegistration(parseRegistration(Buffer.from(dumpDatabase(store)), STORE), STORE)).toEqual(
          encodeRegistration(infos, STORE),
        );
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    HEX,
    HEX.toUpperCase(),
    NIX32,
    BASE64,
    `sha256:${HEX}`,
    `sha256:${NIX32}`,
    `sha256:${BASE64}`,
    `sha256-${BASE64}`,
    `sha256-${BASE64.slice(0, -1)}`,
  ])('parses the hash %s as Nix does', (hash) => {
    const record = [PATH_A, hash, '7', '', '0'];
    const store = temporaryDirectory();
    loadRegistration(store, Buffer.from(`${record.join('\n')}\n`));
    expect(dumpDatabase(store)).toBe(`${PATH_A}\n${HEX}\n7\n\n0\n`);
    expect(parse(...record)).toEqual([INFO]);
  });

  it.each([
    '',
    'abc',
    HEX.slice(1),
    `${HEX}0`,
    HEX.replace('b', 'g'),
    NIX32.replace('b', 'e'),
    `z${NIX32.slice(1)}`,
    BASE64.slice(0, -1),
    `sha256-${HEX}`,
    `sha256-${BASE64.slice(4)}`,
    `SHA256:${HEX}`,
    `sha1:${HEX}`,
    `sha512-${BASE64}`,
    `sha256:sha256:${HEX}`,
    ` ${HEX}`,
  ])('refuses the hash %j as Nix does', (hash) => {
    const record = [PATH_A, hash, '7', '', '0'];
    expect(() => loadRegistration(temporaryDirectory(), Buffer.from(`${record.join('\n')}\n`))).toThrow();
    expect(() => parse(...record)).toThrow(/^Registration, line 2: expected the hash\. /);
  });
});

describe('parseRegistration', () => {
  it('returns no records for an empty registration', () => {
    expect(parse()).toEqual([]);
  });

  it('keeps the order of the records and of their references', () => {
    expect(parse(PATH_B, NIX32, '7', '', '2', PATH_B, PATH_A, PATH_A, HEX, '7', `${PATH_A}.drv`, '0')).toEqual([
      { ...INFO, path: PATH_B, references: [PATH_B, PATH_A] },
      INFO,
    ]);
  });

  it.each([
    [[''], 1, "expected a store path. '' is not a store path"],
    [['/usr/bin'], 1, "expected a store path. '/usr/bin' is not a store path: it is not in /nix/store."],
    [['warning: \u001b[1mx'], 1, "expected a store path. 'warning: \\x1b[1mx' is not"],
    [[PATH_A], 2, 'expected the hash, but the registration ends there'],
    [[PATH_A, HEX, ''], 3, "expected the size. '' is not a whole number"],
    [[PATH_A, HEX, '-1'], 3, 'expected the size'],
    [[PATH_A, HEX, '1e3'], 3, 'expected the size'],
    [[PATH_A, HEX, '07'], 3, 'expected the size'],
    [[PATH_A, HEX, '9007199254740992'], 3, 'below 2^53'],
    [[PATH_A, HEX, '7', 'unknown-deriver'], 4, 'expected the deriver'],
    [[PATH_A, HEX, '7', '', 'x'], 5, 'expected the number of references'],
    [[PATH_A, HEX, '7', '', '1'], 6, 'expected a reference, but the registration ends there'],
    [[PATH_A, HEX, '7', '', '99999999999'], 6, 'expected a reference, but'],
    [[PATH_A, HEX, '7', '', '1', PATH_B, ''], 7, 'expected a store path'],
    [[PATH_A, HEX, '7', '', '1', 'b'], 6, 'expected a reference'],
    [[PATH_A, HEX, '7', '', '2', PATH_B, PATH_B], 7, 'a reference is listed for the second time'],
    [[PATH_A, HEX, '7', '', '0', PATH_A, HEX, '7', '', '0'], 6, `'${PATH_A}' is listed for the second time`],
    [[PATH_A, HEX, '7\r', '', '0'], 3, "'7\\x0d' is not"],
  ] as const)('refuses %j at line %i', (lines, line, problem) => {
    expect(() => parse(...lines)).toThrow(`Registration, line ${line}: `);
    expect(() => parse(...lines)).toThrow(problem);
  });

  it('refuses base 64 with bits beyond the hash', () => {
    for (const hash of [BASE64.replace('0=', '1='), `sha256-${BASE64.replace('0=', '1')}`]) {
      expect(() => parse(PATH_A, hash, '7', '', '0')).toThrow('Registration, line 2: expected the hash');
    }
  });

  it('refuses any registration that is cut off', () => {
    const whole = encodeRegistration(
      [
        { ...INFO, references: [PATH_A, PATH_B] },
        { ...INFO, path: PATH_B },
      ],
      STORE,
    );
    const second = whole.indexOf(`${PATH_B}\nsha256`);
    for (let length = 1; length < whole.length; length++) {
      if (length !== second) {
        expect(() => parseRegistration(whole.subarray(0, length), STORE)).toThrow(/^Registration, line \d+: /);
      }
    }
  });
});

describe('encodeRegistration', () => {
  it('has the form of closureInfo', () => {
    const infos = [{ ...INFO, path: PATH_B, references: [PATH_B, PATH_A], size: 2 ** 40 }, INFO];
    expect(encodeRegistration(infos, STORE).toString()).toBe(
      `${PATH_A}\nsha256:${NIX32}\n7\n\n0\n${PATH_B}\nsha256:${NIX32}\n1099511627776\n\n2\n${PATH_A}\n${PATH_B}\n`,
    );
    expect(encodeRegistration([], STORE)).toHaveLength(0);
  });

  it('is parsed to what was encoded, in any order', () => {
    fc.assert(
      fc.property(closures(), fc.infiniteStream(fc.nat()), (infos, random) => {
        const shuffled = infos.map((info) => ({ info, key: random.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        const text = encodeRegistration(
          shuffled.map(({ info }) => info),
          STORE,
        );
        expect(text).toEqual(encodeRegistration(infos, STORE));
        const read = parseRegistration(text, STORE);
        expect(read.map(({ path }) => path)).toEqual(infos.map(({ path }) => path).sort());
        expect(read).toEqual(
          expect.arrayContaining(infos.map((info) => ({ ...info, references: info.references.toSorted() }))),
        );
      }),
    );
  });

  it.each([
    [[{ ...INFO, path: '/etc/passwd' }], 'is not a store path'],
    [[{ ...INFO, references: [`${PATH_B}\n`] }], 'is not a store path'],
    [[INFO, INFO], `'${PATH_A}' is listed twice`],
    [[{ ...INFO, references: [PATH_B, PATH_A, PATH_B] }], `'${PATH_B}' is listed twice`],
    [[{ ...INFO, hash: Buffer.alloc(20) }], 'has 32 bytes, not 20'],
    [[{ ...INFO, size: -1 }], 'not a number of bytes: -1'],
    [[{ ...INFO, size: 1.5 }], 'not a number of bytes: 1.5'],
  ])('refuses %j', (infos, problem) => {
    expect(() => encodeRegistration(infos, STORE)).toThrow(problem);
  });
});

/** The fourth line of each record is the deriver. */
function withoutDerivers(dump: string): string {
  return dump.replaceAll(/^(\/nix\/store\/.*\n[0-9a-f]{64}\n\d+\n).*\n/gm, '$1\n');
}

/** Sets of registered paths that refer to themselves and earlier ones: Nix takes no longer cycles. */
function closures(): fc.Arbitrary<StorePathInfo[]> {
  const digit = fc.constantFrom(...'0123456789abcdfghijklmnpqrsvwxyz');
  const letter = fc.constantFrom(...'abzABZ019+-_?=.');
  const baseName = fc
    .tuple(
      fc.string({ unit: digit, minLength: 32, maxLength: 32 }),
      fc.string({ unit: letter, minLength: 1, maxLength: 211 }),
    )
    .map(([hash, name]) => `${STORE}/${hash}-x${name.slice(1)}`);
  return fc.uniqueArray(baseName, { maxLength: 8 }).chain((paths) =>
    fc.tuple(
      ...paths.map((path, index) =>
        fc.record({
          path: fc.constant(path),
          hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
          size: fc.maxSafeNat(),
          references: fc.subarray(paths.slice(0, index + 1)),
        }),
      ),
    ),
  );
}
