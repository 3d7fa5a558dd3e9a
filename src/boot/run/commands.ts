import type { Console } from '../machine/console.ts';
import type { Watch } from './watch.ts';

/**
 * Types lines at a root login of the serial console, one after the other. Throws the error of the boot if root cannot log in,
 * and for a line that does not end with exit code 0.
 */
export async function runCommands(commands: readonly string[], serial: Console, watch: Watch): Promise<void> {
  if (commands.length === 0) {
    return;
  }
  await logIn(serial, watch);
  for (const [i, command] of commands.entries()) {
    serial.type(`eval ${quoteForShell(command)}; echo "${MARK}-${i}=$?"\n`);
    const [, exitCode] = await watch.expect(new RegExp(`^${MARK}-${i}=(\\d+)`), `this command ended: ${command}`);
    if (exitCode !== '0') {
      throw watch.fail('command', `exit code ${exitCode} of: ${command}`);
    }
  }
}

/** The shell's answer: what is typed has no line that begins with it. */
const MARK = 'nix-ext4-image-run';

/**
 * Logs in where there is a prompt for it, and waits for the answer of a shell. `login` and the shell drop what is typed before
 * they are ready, so that it is typed again.
 */
async function logIn(serial: Console, watch: Watch): Promise<void> {
  let isNamed = false;
  for (let attempt = 0; attempt < LOGIN_ATTEMPTS; attempt++) {
    const line = serial.openLine();
    if (/[Pp]assword: ?$/.test(line)) {
      throw watch.fail('login', line.trim());
    }
    if (/login: ?$/.test(line)) {
      if (isNamed) {
        throw watch.fail('login', 'the prompt for the login came again');
      }
      isNamed = true;
      serial.type('root\n');
    } else {
      serial.type(`echo "${MARK}-login=$((40 + 2))"\n`);
    }
    if ((await watch.expectWithin(new RegExp(`^${MARK}-login=42`), LOGIN_SECONDS)) !== undefined) {
      return;
    }
  }
  throw watch.fail('login', `no shell answered within ${LOGIN_ATTEMPTS * LOGIN_SECONDS} s`);
}

const LOGIN_ATTEMPTS = 20;
const LOGIN_SECONDS = 3;

/** A text as one word of a shell. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
