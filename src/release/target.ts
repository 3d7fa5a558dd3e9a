import { type UserError, userError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';

/** The repository whose release is changed. */
export interface ReleaseTarget {
  readonly owner: string;
  readonly repository: string;
  /** Base URL of GitHub's REST API. */
  readonly apiUrl: string;
  /** Commit for a tag that does not exist yet, created when the release is published; `undefined` for the default branch. */
  readonly commit: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the target from the variables that the runner sets. Throws a `UserError` with the code `ENVIRONMENT`. */
export function releaseTarget(environment: Environment = process.env): ReleaseTarget {
  const { GITHUB_REPOSITORY = '', GITHUB_API_URL, GITHUB_SHA } = environment;
  const [, owner, repository] = REPOSITORY.exec(GITHUB_REPOSITORY) ?? [];
  if (owner === undefined || repository === undefined) {
    throw invalidVariable(`GITHUB_REPOSITORY is not OWNER/NAME: '${printable(GITHUB_REPOSITORY)}'.`);
  }
  const apiUrl = (GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  if (!URL.canParse(apiUrl)) {
    throw invalidVariable(`GITHUB_API_URL is not a URL: '${printable(apiUrl)}'.`);
  }
  return { owner, repository, apiUrl, commit: GITHUB_SHA || undefined };
}

const REPOSITORY = /^([\w.-]+)\/([\w.-]+)$/;

/** URL from which everybody can download a file of the release of `tag`, once it is published. */
export function assetUrl(tag: string, name: string, environment: Environment = process.env): string {
  return `${repositoryUrl(environment)}/releases/download/${encodePath(tag)}/${encodeURIComponent(name)}`;
}

/** URL of the page of a release, or without `tag` of the repository; `undefined` outside of a workflow. */
export function pageUrl(tag: string | undefined, environment: Environment = process.env): string | undefined {
  if (!REPOSITORY.test(environment.GITHUB_REPOSITORY ?? '')) {
    return undefined;
  }
  const page = tag === undefined ? '' : `/releases/tag/${encodePath(tag)}`;
  return `${repositoryUrl(environment)}${page}`;
}

function repositoryUrl(environment: Environment): string {
  const { owner, repository } = releaseTarget(environment);
  const server = (environment.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '');
  return `${server}/${owner}/${repository}`;
}

/** A tag may have slashes, which stay. */
function encodePath(tag: string): string {
  return tag.split('/').map(encodeURIComponent).join('/');
}

function invalidVariable(message: string): UserError {
  return userError({
    title: 'The repository of the release is unknown',
    message,
    remedy: 'Run the action in a GitHub Actions workflow, or leave release-tag empty.',
    code: 'ENVIRONMENT',
  });
}
