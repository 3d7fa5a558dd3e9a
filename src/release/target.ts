import { printable } from '../text/printable.ts';
import { releaseError } from './error.ts';

/** Where releases are made. */
export interface ReleaseTarget {
  readonly owner: string;
  readonly repository: string;
  /** Base address of GitHub's REST API. */
  readonly apiUrl: string;
  /** What a tag that does not exist yet is put on when the release is published; the default branch if `undefined`. */
  readonly commit: string | undefined;
}

/** Where this job's releases go, by the variables that the runner sets. Throws a `ReleaseError` where they do not tell. */
export function releaseTarget(environment: Readonly<Record<string, string | undefined>> = process.env): ReleaseTarget {
  const { GITHUB_REPOSITORY = '', GITHUB_API_URL, GITHUB_SHA } = environment;
  const [, owner, repository] = /^([\w.-]+)\/([\w.-]+)$/.exec(GITHUB_REPOSITORY) ?? [];
  if (owner === undefined || repository === undefined) {
    throw outsideOfWorkflow(`GITHUB_REPOSITORY names no repository: '${printable(GITHUB_REPOSITORY)}'.`);
  }
  const apiUrl = (GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  if (!URL.canParse(apiUrl)) {
    throw outsideOfWorkflow(`GITHUB_API_URL is no address: '${printable(apiUrl)}'.`);
  }
  return { owner, repository, apiUrl, commit: GITHUB_SHA || undefined };
}

function outsideOfWorkflow(message: string): Error {
  return releaseError('ENVIRONMENT', message, 'Run it in a workflow of GitHub Actions, or leave release-tag out.');
}
