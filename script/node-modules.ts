// Whether node_modules has exactly what package-lock.json lists for this system. If not: exit status 1, and what differs. npm silently
// skips optional packages that do not support the Node.js it runs on, and leaves part of a tree when it is interrupted.
//
//   node script/node-modules.ts [DIRECTORY]      the directory of package-lock.json, or this checkout
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a lock file says of a package. npm writes a system as a list, or as the package itself has it. */
interface Entry {
  readonly version?: string;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: string | readonly string[];
}

const directory = process.argv[2] ?? join(import.meta.dirname, '..');
const locked = readEntries(join(directory, 'package-lock.json'));
const installed = readEntries(join(directory, 'node_modules/.package-lock.json'));
const paths = Object.keys({ ...locked, ...installed }).filter((path) => path !== '');
const wrong = paths.filter((path) => {
  const wanted = locked[path];
  const found = installed[path];
  return found === undefined ? wanted !== undefined && isNeeded(wanted) : found.version !== wanted?.version;
});
if (wrong.length > 0) {
  const first = wrong.slice(0, 3).join(', ');
  console.error(`not as in package-lock.json: ${first}${wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''}`);
  process.exitCode = 1;
}

function readEntries(lock: string): Readonly<Record<string, Entry>> {
  return existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : {};
}

/** Optional packages without a system of their own are needed only where the packages that use them are. */
function isNeeded({ optional = false, os, cpu, libc }: Entry): boolean {
  if (optional && os === undefined && cpu === undefined) {
    return false;
  }
  return (
    supports(os, process.platform) && supports(cpu, process.arch) && (libc === undefined || supports(libc, libcOf()))
  );
}

/** A list names what is supported, or, with an exclamation mark, what is not. */
function supports(list: string | readonly string[] = [], value: string): boolean {
  const names = [list].flat();
  if (names.includes(`!${value}`)) {
    return false;
  }
  return names.includes(value) || names.every((name) => name.startsWith('!'));
}

function libcOf(): string {
  const report = process.report.getReport();
  const header = 'header' in report ? report.header : undefined;
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header ? 'glibc' : 'musl';
}
