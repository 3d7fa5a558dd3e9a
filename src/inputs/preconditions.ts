import { userError } from '../errors/user-error.ts';
import { shorten } from '../text/escape.ts';
import { printable } from '../text/printable.ts';

/**
 * Checks, before any work, that the runner started a recent Node: services other than GitHub's take the one of the job's
 * container. Throws a `UserError`.
 */
export function checkRuntime(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) >= NODE_VERSION) {
    return;
  }
  throw userError({
    title: 'Node.js is too old',
    message: `This action needs Node.js ${NODE_VERSION}, but was started with Node.js ${version}.`,
    remedy: `Use runner 2.327.1 or newer, or a job container with Node.js ${NODE_VERSION}.`,
  });
}

const NODE_VERSION = 24;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks, before any work, that an artifact can be uploaded from here: that the runner has set the URL and the token of
 * the artifact service, and that the service has the protocol of github.com. Throws a `UserError`.
 */
export function checkUploadIsPossible(environment: Environment = process.env): void {
  for (const name of ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL']) {
    if (!environment[name]) {
      throw cannotUpload(
        `The variable ${name} is not set: the action does not run in a GitHub Actions workflow.`,
        'Run it in a workflow, or set upload to false.',
      );
    }
  }
  const resultsUrl = environment.ACTIONS_RESULTS_URL ?? '';
  if (!URL.canParse(resultsUrl)) {
    throw cannotUpload(`ACTIONS_RESULTS_URL is not a URL: ${printable(shorten(resultsUrl, 200))}`, REMEDY);
  }
  if (!namesRunAndJob(environment.ACTIONS_RUNTIME_TOKEN ?? '')) {
    throw cannotUpload('ACTIONS_RUNTIME_TOKEN does not name the run and job of a workflow.', REMEDY);
  }
  checkServer(environment.GITHUB_SERVER_URL || 'https://github.com');
}

const REMEDY = 'Set upload to false, and upload the file in a separate step.';

/** The rule of @actions/artifact: github.com, GitHub Enterprise Cloud, and names below .localhost. */
function checkServer(server: string): void {
  const host = URL.canParse(server) ? new URL(server).hostname : '';
  if (host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost')) {
    return;
  }
  throw cannotUpload(
    `The server ${printable(shorten(server, 200))} (GITHUB_SERVER_URL) has no artifact service that this action can use: GitHub Enterprise Server, Forgejo and Gitea have another protocol.`,
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
  return userError({ title: 'The image cannot be uploaded from here', message, remedy });
}
