import { describe, expect, it } from 'vitest';
import { checkRuntime, checkUploadIsPossible } from '../../src/inputs/preconditions.ts';

function tokenWith(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
}

const runner = {
  ACTIONS_RUNTIME_TOKEN: tokenWith({ scp: 'Actions.Example Actions.Results:run:job' }),
  ACTIONS_RESULTS_URL: 'https://results-receiver.actions.githubusercontent.com/',
};

describe('checkUploadIsPossible', () => {
  it.each([undefined, '', 'https://github.com', 'https://octo.ghe.com', 'https://GitHub.com', 'http://x.localhost:80'])(
    'lets the server %s pass',
    (server) => checkUploadIsPossible({ ...runner, GITHUB_SERVER_URL: server }),
  );

  it.each([
    ['ACTIONS_RUNTIME_TOKEN', undefined, /ACTIONS_RUNTIME_TOKEN is not set/],
    ['ACTIONS_RUNTIME_TOKEN', '', /ACTIONS_RUNTIME_TOKEN is not set/],
    ['ACTIONS_RESULTS_URL', undefined, /ACTIONS_RESULTS_URL is not set/],
    ['ACTIONS_RESULTS_URL', 'nowhere', /ACTIONS_RESULTS_URL is not a URL: nowhere/],
    ['ACTIONS_RUNTIME_TOKEN', 'no-token', /does not name the run and job/],
    ['ACTIONS_RUNTIME_TOKEN', 'a.%%%.c', /does not name the run and job/],
    ['ACTIONS_RUNTIME_TOKEN', tokenWith(null), /does not name the run and job/],
    ['ACTIONS_RUNTIME_TOKEN', tokenWith({ scp: 'Actions.Results:run' }), /does not name the run and job/],
    ['GITHUB_SERVER_URL', 'https://github.example.com', /GitHub Enterprise Server, Forgejo and Gitea/],
    ['GITHUB_SERVER_URL', 'https://localhost', /https:\/\/localhost/],
    ['GITHUB_SERVER_URL', 'https://notgithub.com', /https:\/\/notgithub\.com/],
    ['GITHUB_SERVER_URL', 'forge\u001b[31m', /forge\\x1b\[31m/],
  ])('refuses %s=%s, and says how to go on', (name, value, message) => {
    const check = () => checkUploadIsPossible({ ...runner, [name]: value });
    expect(check).toThrow(message);
    expect(check).toThrow(
      expect.objectContaining({
        title: 'The image cannot be uploaded from here',
        remedy: expect.stringMatching(/set upload to false/i),
      }),
    );
  });
});

describe('checkRuntime', () => {
  it('takes the Node of action.yml and later ones', () => {
    for (const version of ['24.0.0', '24.21.0', '26.1.0', process.versions.node]) {
      expect(() => checkRuntime(version)).not.toThrow();
    }
  });

  it.each(['20.20.2', '22.14.0'])('refuses Node %s, saying what to do', (version) => {
    expect(() => checkRuntime(version)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(version), remedy: expect.stringContaining('24') }),
    );
  });
});
