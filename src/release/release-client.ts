/** Entry of the bundle of GitHub's own client, which is loaded by runs that make a release, and by no other. */
export { getOctokit } from '@actions/github';
