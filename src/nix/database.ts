/**
 * The database of a Nix store, /nix/var/nix/db/db.sqlite: what `nix-store --load-db` makes of a registration. Format: Nix,
 * src/libstore/schema.sql, whose version 10 all releases since 2.3 read; later ones add to it when they open it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { errorCode } from '../errors/error-code.ts';
import { userError } from '../errors/user-error.ts';
import { quote } from '../text/escape.ts';
import type { StorePathInfo } from './registration.ts';
import { compareStorePaths } from './store-path.ts';

/** Contents of `/nix/var/nix/db/schema`, the version that Nix looks for before it opens the database. */
export const DATABASE_SCHEMA = '10';

/**
 * Encodes the database of a closure. The bytes depend on nothing but the store paths, their hashes, sizes and references:
 * not on the order of `infos`, the time, or the version of SQLite.
 *
 * SQLite needs a file, which is made below `scratch` and removed again. Throws a `UserError` if it cannot be written, and
 * an `Error` for a reference to a path that is not in `infos`.
 */
export function encodeDatabase(infos: readonly StorePathInfo[], scratch: string): Buffer {
  try {
    return inTemporaryDirectory(scratch, (directory) => {
      const path = join(directory, 'db.sqlite');
      writeDatabase(infos, path);
      const bytes = readFileSync(path);
      bytes.writeUInt32BE(SQLITE_VERSION, SQLITE_VERSION_OFFSET);
      return bytes;
    });
  } catch (cause) {
    if (errorCode(cause) === undefined) {
      throw cause;
    }
    throw userError({
      title: 'The database of Nix was not written',
      message: `The database of Nix cannot be written below ${quote(scratch)}.`,
      remedy: 'Set RUNNER_TEMP to a directory that this user may write to, on a disk with space.',
      cause,
    });
  }
}

/**
 * Checks a database as SQLite and Nix read it: it is sound, its references lead to store paths, and its rows are those of
 * `infos`. Returns a sentence about what is wrong, or `undefined`. `scratch` is as for `encodeDatabase`.
 */
export function findDatabaseFault(
  bytes: Uint8Array,
  infos: readonly StorePathInfo[],
  scratch: string,
): string | undefined {
  return inTemporaryDirectory(scratch, (directory) => {
    const path = join(directory, 'db.sqlite');
    writeFileSync(path, bytes);
    using database = openDatabase(path);
    try {
      return faultOf(database, infos);
    } catch (error) {
      if (errorCode(error) === 'ERR_SQLITE_ERROR' && error instanceof Error) {
        return `SQLite cannot read it: ${error.message}.`;
      }
      throw error;
    }
  });
}

function inTemporaryDirectory<T>(parent: string, work: (directory: string) => T): T {
  const directory = mkdtempSync(join(parent, 'nix-database-'));
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The module is loaded when it is needed: early releases of Node.js 24 print a warning when they load it. */
function openDatabase(path: string): DatabaseSync {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  return new DatabaseSync(path);
}

/** SQLite notes the version of the library that wrote a file last; any will do. */
const SQLITE_VERSION = 3_040_001;
/** https://sqlite.org/fileformat2.html#the_database_header */
const SQLITE_VERSION_OFFSET = 96;

/** When the paths came to the store, in seconds since 1970: an image must not have the time of its making. */
const REGISTRATION_TIME = 1;

const TABLES = `
  create table ValidPaths (
    id integer primary key autoincrement not null,
    path text unique not null,
    hash text not null,
    registrationTime integer not null,
    deriver text,
    narSize integer,
    ultimate integer,
    sigs text,
    ca text
  );
  create table Refs (
    referrer integer not null,
    reference integer not null,
    primary key (referrer, reference),
    foreign key (referrer) references ValidPaths(id) on delete cascade,
    foreign key (reference) references ValidPaths(id) on delete restrict
  );
  create index IndexReferrer on Refs(referrer);
  create index IndexReference on Refs(reference);
  create trigger DeleteSelfRefs before delete on ValidPaths
    begin
      delete from Refs where referrer = old.id and reference = old.id;
    end;
  create table DerivationOutputs (
    drv integer not null,
    id text not null,
    path text not null,
    primary key (drv, id),
    foreign key (drv) references ValidPaths(id) on delete cascade
  );
  create index IndexDerivationOutputs on DerivationOutputs(path);
`;

function writeDatabase(infos: readonly StorePathInfo[], path: string): void {
  using database = openDatabase(path);
  database.exec('pragma encoding = "UTF-8"; pragma page_size = 4096; pragma auto_vacuum = none');
  database.exec('pragma journal_mode = off; pragma synchronous = off; begin');
  database.exec(TABLES);
  const sorted = infos.toSorted((a, b) => compareStorePaths(a.path, b.path));
  const insertPath = database.prepare(
    'insert into ValidPaths (id, path, hash, registrationTime, narSize) values (?, ?, ?, ?, ?)',
  );
  const idOf = new Map(sorted.map((info, index) => [info.path, index + 1]));
  for (const [index, info] of sorted.entries()) {
    insertPath.run(index + 1, info.path, hashText(info), REGISTRATION_TIME, info.size);
  }
  const insertReference = database.prepare('insert into Refs (referrer, reference) values (?, ?)');
  for (const [index, info] of sorted.entries()) {
    for (const reference of info.references.toSorted(compareStorePaths)) {
      const id = idOf.get(reference);
      if (id === undefined) {
        throw new Error(`${info.path} refers to ${reference}, which is not in the closure.`);
      }
      insertReference.run(index + 1, id);
    }
  }
  // Unused bytes of pages differ between versions of SQLite until the file is written anew.
  database.exec('commit; vacuum; pragma journal_mode = wal');
}

function hashText({ hash }: StorePathInfo): string {
  return `sha256:${Buffer.from(hash).toString('hex')}`;
}

type Row = Readonly<Record<string, SQLOutputValue>>;

function faultOf(database: DatabaseSync, infos: readonly StorePathInfo[]): string | undefined {
  const check: readonly Row[] = database.prepare('pragma integrity_check').all();
  if (check.length !== 1 || check[0].integrity_check !== 'ok') {
    return `SQLite finds it damaged: ${check.map((row) => row.integrity_check).join('; ')}.`;
  }
  if (database.prepare('pragma foreign_key_check').all().length > 0) {
    return 'A reference in it leads to a store path that it does not have.';
  }
  const paths = 'select path, hash, narSize from ValidPaths order by path';
  const references =
    'select a.path as path, b.path as reference from Refs join ValidPaths a on a.id = referrer ' +
    'join ValidPaths b on b.id = reference order by a.path, b.path';
  const sorted = infos.toSorted((a, b) => compareStorePaths(a.path, b.path));
  return (
    differenceOf(
      database.prepare(paths).all(),
      sorted.map((info) => ({ path: info.path, hash: hashText(info), narSize: info.size })),
    ) ??
    differenceOf(
      database.prepare(references).all(),
      sorted.flatMap(({ path, references: all }) =>
        all.toSorted(compareStorePaths).map((reference) => ({ path, reference })),
      ),
    )
  );
}

function differenceOf(found: readonly Row[], expected: readonly Row[]): string | undefined {
  for (let row = 0; row < Math.max(found.length, expected.length); row++) {
    const [has, wants] = [found[row], expected[row]].map((value) => JSON.stringify(value) ?? 'nothing');
    if (has !== wants) {
      return `Expected the row ${wants}, found ${has}.`;
    }
  }
  return undefined;
}
