// @module-tag system
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { queryClosure } from '../../src/nix/closure.ts';
import { DATABASE_SCHEMA, encodeDatabase, findDatabaseFault } from '../../src/nix/database.ts';
import { encodeRegistration, type StorePathInfo } from '../../src/nix/registration.ts';
import { STORE_DIRECTORY } from '../../src/nix/store-path.ts';
import { dumpDatabase, loadRegistration, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const sample = (): Promise<readonly StorePathInfo[]> => queryClosure([sampleClosure().root]);

const PATHS = 'select path, hash, deriver, narSize, ultimate, sigs, ca from ValidPaths order by path';
const REFERENCES =
  'select a.path as path, b.path as reference from Refs join ValidPaths a on a.id = referrer ' +
  'join ValidPaths b on b.id = reference order by a.path, b.path';

describe('the database of a closure', () => {
  it('has the rows, tables and columns that nix-store --load-db makes', async () => {
    const closure = await sample();
    const [loaded, ours] = [temporaryDirectory(), temporaryDirectory()];
    loadRegistration(loaded, encodeRegistration(closure, STORE_DIRECTORY));
    const path = putDatabase(ours, encodeDatabase(closure, ours));
    using expected = new DatabaseSync(join(loaded, 'nix/var/nix/db/db.sqlite'));
    using found = new DatabaseSync(path);
    for (const query of [PATHS, REFERENCES]) {
      const rows = expected.prepare(query).all();
      expect(rows.length).toBeGreaterThan(0);
      expect(found.prepare(query).all()).toEqual(rows);
    }
    for (const table of ['ValidPaths', 'Refs', 'DerivationOutputs']) {
      for (const pragma of ['table_xinfo', 'foreign_key_list']) {
        const query = `pragma ${pragma}(${table})`;
        expect(found.prepare(query).all()).toEqual(expected.prepare(query).all());
      }
    }
    expect(found.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  });

  it('is read by Nix, which finds the same registration in it', async () => {
    const closure = await sample();
    const [loaded, ours] = [temporaryDirectory(), temporaryDirectory()];
    const registration = encodeRegistration(closure, STORE_DIRECTORY);
    loadRegistration(loaded, registration);
    putDatabase(ours, encodeDatabase(closure, ours));
    expect(dumpDatabase(ours)).toBe(dumpDatabase(loaded));
    // A device whose first boot loads the registration all the same.
    loadRegistration(ours, registration);
    expect(dumpDatabase(ours)).toBe(dumpDatabase(loaded));
  });

  it('depends on nothing but what is in it', async () => {
    const closure = await sample();
    const directory = temporaryDirectory();
    const once = encodeDatabase(closure, directory);
    const shuffled = closure.toReversed().map((info) => ({ ...info, references: info.references.toReversed() }));
    expect(encodeDatabase(shuffled, temporaryDirectory()).equals(once)).toBe(true);
    expect(once.readUInt32BE(96)).toBe(3_040_001);
  });

  it('needs the whole closure', async () => {
    const [first, ...others] = (await sample()).toSorted((a, b) => b.references.length - a.references.length);
    const missing = others.filter(
      ({ path }) => path !== first?.references.find((reference) => reference !== first.path),
    );
    expect(() => encodeDatabase([...(first === undefined ? [] : [first]), ...missing], temporaryDirectory())).toThrow(
      'which is not in the closure',
    );
  });

  it('cannot be made where nothing can be written', async () => {
    expect(() => encodeDatabase([], '/proc/nothing')).toThrow(
      expect.objectContaining({
        title: 'The database of Nix was not written',
        remedy: expect.stringContaining('RUNNER_TEMP'),
      }),
    );
  });
});

describe('a fault of a database', () => {
  it.each([
    ['a path is missing', 'pragma foreign_keys = off; delete from ValidPaths where id = 1', /reference in it leads/],
    [
      'a hash is another',
      "update ValidPaths set hash = 'sha256:00' where id = 2",
      /Expected the row .* found .*sha256:00"/,
    ],
    ['a size is another', 'update ValidPaths set narSize = 1 where id = 3', /Expected the row .*"narSize":1}/],
    ['a reference is missing', 'delete from Refs where rowid = (select min(rowid) from Refs)', /Expected the row/],
    [
      'a path is added',
      "insert into ValidPaths values (99, '/nix/store/x', 'y', 1, null, 1, null, null, null)",
      /nothing/,
    ],
    [
      'there is no table of paths',
      'pragma foreign_keys = off; drop table ValidPaths',
      /SQLite|no such table|reference/,
    ],
  ])('is found: %s', async (_, statement, fault) => {
    const closure = await sample();
    const directory = temporaryDirectory();
    const bytes = encodeDatabase(closure, directory);
    expect(findDatabaseFault(bytes, closure, directory)).toBeUndefined();
    const path = putDatabase(directory, bytes);
    {
      using database = new DatabaseSync(path);
      database.exec(`pragma journal_mode = delete; ${statement}`);
    }
    expect(findDatabaseFault(readFileSync(path), closure, directory)).toMatch(fault);
  });

  it('is found where the file is damaged', async () => {
    const closure = await sample();
    const directory = temporaryDirectory();
    const bytes = encodeDatabase(closure, directory);
    const wrecked = Buffer.from(bytes).fill(0xff, 4096, 8192);
    expect(findDatabaseFault(wrecked, closure, directory)).toMatch(/SQLite/);
    expect(findDatabaseFault(Buffer.alloc(10_000, 'x'), closure, directory)).toMatch(/SQLite cannot read it/);
    expect(findDatabaseFault(bytes.subarray(0, 8192), closure, directory)).toMatch(/SQLite/);
  });
});

/** Puts a database where Nix looks for it in the store at `root`, and returns its path. */
function putDatabase(root: string, bytes: Uint8Array): string {
  const directory = join(root, 'nix/var/nix/db');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'schema'), DATABASE_SCHEMA);
  const path = join(directory, 'db.sqlite');
  writeFileSync(path, bytes);
  return path;
}
