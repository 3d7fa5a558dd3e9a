import { shorten } from '../text/escape.ts';
import { printable } from '../text/printable.ts';

/**
 * Checks, before any work, that the runner started a Node that has what is needed: 24, as action.yml says. Other services
 * than GitHub's take what their job image has. Throws an error with a title and a remedy.
 */
export function checkRuntime(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) >= NODE_VERSION) {
    return;
  }
  throw Object.assign(new Error(`This action needs Node ${NODE_VERSION}, but was started with Node ${version}.`), {
    title: 'Node is too old',
    remedy: `Use a runner of version 2.327.1 or newer, or a job image with Node ${NODE_VERSION}.`,
  });
}

const NODE_VERSION = 24;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks, before any work, that an artifact can be uploaded from here: the runner gives JavaScript actions the address
 * and the token of the artifact service, and that service speaks the protocol of github.com. Throws an error with a
 * title and a remedy.
 */
export function checkUploadIsPossible(environment: Environment = process.env): void {
  for (const name of ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL']) {
    if (!environment[name]) {
      throw cannotUpload(
        `The variable ${name} is not set: this is not running as an action of a GitHub Actions workflow.`,
        'Run it in a workflow, or set upload to false.',
      );
    }
  }
  const resultsUrl = environment.ACTIONS_RESULTS_URL ?? '';
  if (!URL.canParse(resultsUrl)) {
    throw cannotUpload(`ACTIONS_RESULTS_URL is no address: ${printable(shorten(resultsUrl, 200))}`, REMEDY);
  }
  if (!namesRunAndJob(environment.ACTIONS_RUNTIME_TOKEN ?? '')) {
    throw cannotUpload('ACTIONS_RUNTIME_TOKEN does not name the run and job of a workflow.', REMEDY);
  }
  checkServer(environment.GITHUB_SERVER_URL || 'https://github.com');
}

const REMEDY = 'Set upload to false, and upload the file in a step of its own.';

/** The rule of @actions/artifact: github.com, GitHub Enterprise Cloud, and names below .localhost. */
function checkServer(server: string): void {
  const host = URL.canParse(server) ? new URL(server).hostname : '';
  if (host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost')) {
    return;
  }
  throw cannotUpload(
    `The server ${printable(shorten(server, 200))} (GITHUB_SERVER_URL) has no artifact service of the kind that is needed: GitHub Enterprise Server, Forgejo and Gitea have another.`,
    REMEDY,
  );
}

/** The artifact client reads the run and the job from the scope `Actions.Results:<run>:<job>` of the token. */
function namesRunAndJob(token: string): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (typeof claims !== 'object' || claims === null || !('scp' in claims) || typeof claims.scp !== 'string') {
      return false;
    }
    return claims.scp.split(' ').some((scope) => /^Actions\.Results:[^:]+:[^:]+$/.test(scope));
  } catch {
    return false;
  }
}

function cannotUpload(message: string, remedy: string): Error {
  return Object.assign(new Error(message), { title: 'The image cannot be uploaded from here', remedy });
}
