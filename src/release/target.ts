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

/** Reads the target from the variables that the runner sets. Throws a `UserError` with the code `ENVIRONMENT`. */
export function releaseTarget(environment: Readonly<Record<string, string | undefined>> = process.env): ReleaseTarget {
  const { GITHUB_REPOSITORY = '', GITHUB_API_URL, GITHUB_SHA } = environment;
  const [, owner, repository] = /^([\w.-]+)\/([\w.-]+)$/.exec(GITHUB_REPOSITORY) ?? [];
  if (owner === undefined || repository === undefined) {
    throw invalidVariable(`GITHUB_REPOSITORY is not OWNER/NAME: '${printable(GITHUB_REPOSITORY)}'.`);
  }
  const apiUrl = (GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  if (!URL.canParse(apiUrl)) {
    throw invalidVariable(`GITHUB_API_URL is not a URL: '${printable(apiUrl)}'.`);
  }
  return { owner, repository, apiUrl, commit: GITHUB_SHA || undefined };
}

function invalidVariable(message: string): UserError {
  return userError({
    title: 'The repository of the release is unknown',
    message,
    remedy: 'Run the action in a GitHub Actions workflow, or leave release-tag empty.',
    code: 'ENVIRONMENT',
  });
}
