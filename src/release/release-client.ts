/** Entry of a separate bundle with GitHub's client: only runs that publish a release load it. */
export { getOctokit } from '@actions/github';
