/**
 * Real store paths for tests, made without a network by the Nix of this machine. How to use it:
 *
 *     const { root, ...others } = sampleClosure();            // paths with odd contents, one referring to the next
 *     const { mine } = buildPaths({ mine: { script: 'mkdir $out; echo hello > $out/file' } });
 *     const copied = addToStore('/some/directory');              // no references
 *     loadRegistration(root, bytes); verifyStore(root);       // what stands in root/nix/store against its registration
 *
 * The paths are in the machine's real store, and the same at each run: the first run builds them, later ones find
 * them there. Garbage collector roots in the temporary directory hold them, so a test may run `nix-store --gc`, and tests
 * may run at the same time. A test that wants a path collected makes it in a store of its own (`createStore`).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Builds run as who runs the tests, see the machine's tools, and nothing is looked for on a network. */
const CONFIGURATION = ['sandbox = false', 'build-users-group =', 'substitute = false'];
const ROOTS = join(tmpdir(), 'nix-ext4-image-test-roots');
const STORE = '/nix/store';

/** How a store path is built. */
export interface Recipe {
  /** Shell commands that make `$out`; the tools of /usr/bin and /bin are there. */
  readonly script: string;
  /** Variables of the script, each the store path of another recipe of that name. What `$out` holds of these are its references. */
  readonly uses?: Readonly<Record<string, string>>;
}

const EXPRESSION = `
  { recipes }:
  let
    build = name: { script, uses ? { } }: derivation ({
      inherit name;
      system = builtins.currentSystem;
      builder = "/bin/sh";
      # Nix kills a builder that closes its output before it ends, as cp does if the shell gives its place to it: so the shell
      # has one more command.
      args = [ "-euc" (script + "\n:") ];
      PATH = "/usr/bin:/bin";
    } // builtins.mapAttrs (variable: other: built.\${other}) uses);
    built = builtins.mapAttrs build (builtins.fromJSON recipes);
  in
  builtins.attrValues built
`;

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a program of Nix offline, and returns what it prints. Throws with its standard error if it fails. */
export function nix(
  tool: string,
  args: readonly string[],
  options: { readonly input?: Uint8Array; readonly environment?: Environment } = {},
): Buffer {
  const { input = Buffer.alloc(0), environment = {} } = options;
  return execFileSync(tool, args, { input, stdio: 'pipe', env: offline(environment), maxBuffer: 2 ** 30 });
}

/** Builds a store path of each recipe, named as the recipe. Gives the paths by these names. */
export function buildPaths(recipes: Readonly<Record<string, Recipe>>): Record<string, string> {
  setUpStore();
  const json = JSON.stringify(recipes);
  const link = join(ROOTS, createHash('sha256').update(json).digest('hex').slice(0, 32));
  const args = ['--out-link', link, '--expr', EXPRESSION, '--argstr', 'recipes', json];
  const paths = lines(nix('nix-build', args));
  return Object.fromEntries(Object.keys(recipes).map((name) => [name, pathNamed(paths, name)]));
}

/**
 * A small closure with what an image may meet: every kind of top level, names that a shell or a line of text would
 * trip over, references along a chain and to itself, files of sizes about a block, equal files, a directory of many entries.
 */
export function sampleClosure(): { readonly root: string; readonly paths: Readonly<Record<string, string>> } {
  const paths = buildPaths({
    'sample-empty': { script: 'mkdir $out' },
    'sample-library': {
      script: `mkdir -p $out/lib $out/share/empty
        printf code > $out/lib/lib.so; chmod +x $out/lib/lib.so
        for size in 0 1 59 60 61 4095 4096 4097 300000; do head -c $size /dev/zero | tr '\\0' a > $out/share/$size; done
        printf equal > $out/share/equal; cp $out/share/equal $out/share/twin
        ln $out/share/equal $out/share/hard-link; ln -s missing $out/share/dangling
        ln -s $(printf '%0100d' 0) $out/share/long-link`,
    },
    'sample-names': {
      uses: { library: 'sample-library' },
      script: `mkdir -p $out/bin "$out/a directory"
        for name in 'a space' '-rf' "quo'te" 'dou"ble' 'back\\slash' '*' '#' '::error::x' 'café' '.hidden' a A a.b a-b; do
          printf '%s' "$name" > "$out/a directory/$name"
        done
        for name in 'new\\nline' 'tab\\t' '\\377\\376 no utf-8' '\\033[31mred'; do
          printf x > "$out/a directory/$(printf "$name")"
        done
        printf x > "$out/a directory/$(printf '%0255d' 0)"
        printf '#!/bin/sh\\nexec %s/lib/lib.so %s\\n' $library $out > $out/bin/tool; chmod +x $out/bin/tool`,
    },
    'sample-wide': {
      script: 'mkdir $out; i=0; while [ $i -lt 1000 ]; do printf $i > $out/entry-$i; i=$((i + 1)); done',
    },
    'sample-file': { uses: { names: 'sample-names' }, script: 'echo $names/bin/tool > $out; chmod +x $out' },
    'sample-link': { uses: { names: 'sample-names' }, script: 'ln -s $names/bin $out' },
    'sample-system': {
      uses: { empty: 'sample-empty', wide: 'sample-wide', file: 'sample-file', link: 'sample-link' },
      script: 'mkdir $out; for path in $empty $wide $file $link; do ln -s $path $out/; done; echo $out > $out/self',
    },
  });
  return { root: pathNamed(Object.values(paths), 'sample-system'), paths };
}

/** Adds a copy of a file or directory to the store, under its own name and without references. Gives the store path. */
export function addToStore(path: string): string {
  setUpStore();
  for (let attempt = 1; ; attempt++) {
    const [added = ''] = lines(nix('nix-store', ['--add', path]));
    try {
      nix('nix-store', ['--realise', added, '--add-root', join(ROOTS, basename(added)), '--indirect']);
      return added;
    } catch (error) {
      // A garbage collection of another test may have come in between.
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

/**
 * A store of its own in an empty directory, at a path of its own too. Gives the directory of the store, and the variables
 * that have Nix use it: to be handed to `nix`, or to what is tested.
 */
export function createStore(parent: string): {
  readonly directory: string;
  readonly environment: Record<string, string>;
} {
  const directory = join(parent, 'store');
  const environment = {
    NIX_REMOTE: 'local',
    NIX_STORE_DIR: directory,
    NIX_STATE_DIR: join(parent, 'state'),
    NIX_LOG_DIR: join(parent, 'log'),
    NIX_CONFIG: CONFIGURATION.join('\n'),
  };
  nix('nix-store', ['--init'], { environment });
  return { directory, environment };
}

/** Loads registration records into the database of the store at `root`, a directory that holds or will hold /nix/store. */
export function loadRegistration(root: string, registration: Uint8Array): void {
  nix('nix-store', ['--store', root, '--load-db'], { input: registration });
}

/** All that is registered in the store at `root`, as `nix-store --dump-db` prints it. */
export function dumpDatabase(root: string): string {
  return nix('nix-store', ['--store', root, '--dump-db']).toString('latin1');
}

/** Has Nix hash every path of the store at `root`, and compare it with its database. */
export function verifyStore(root: string): { readonly valid: boolean; readonly report: string } {
  const args = ['--store', root, '--verify', '--check-contents'];
  const { status, stderr, error } = spawnSync('nix-store', args, { env: offline() });
  if (error !== undefined) {
    throw error;
  }
  const report = stderr.toString();
  return { valid: status === 0 && !/disappeared|modified/.test(report), report };
}

function setUpStore(): void {
  mkdirSync(ROOTS, { recursive: true });
  if (existsSync(STORE)) {
    return;
  }
  if (process.getuid?.() !== 0) {
    throw new Error('There is no Nix store on this machine. Install Nix, or run the tests as root to have one made.');
  }
  nix('nix-store', ['--init']);
}

function offline(environment: Environment = {}): NodeJS.ProcessEnv {
  const configuration = [process.env.NIX_CONFIG ?? '', ...CONFIGURATION].join('\n');
  return { ...process.env, NIX_CONFIG: configuration, LC_ALL: 'C', TZ: 'UTC', ...environment };
}

function lines(printed: Buffer): string[] {
  return printed.toString('latin1').split('\n').filter(Boolean);
}

function pathNamed(paths: readonly string[], name: string): string {
  const found = paths.find((path) => basename(path).slice(33) === name);
  if (found === undefined) {
    throw new Error(`Nix built no path named ${name}, but ${paths.join(', ')}`);
  }
  return found;
}
