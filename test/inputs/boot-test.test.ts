import { readFileSync } from 'node:fs';
import { validateAction } from '@actions/languageservice/validate-action';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { BOOT_TEST_DEFAULTS, readBootTestInputs } from '../../src/inputs/boot-test.ts';
import { bootTestOutputs } from '../../src/report/boot-test.ts';

const text = readFileSync(new URL('../../boot-test/action.yml', import.meta.url), 'utf8');
const action = parse(text);

afterEach(() => {
  vi.unstubAllEnvs();
});

function readWith(inputs: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries({ image: 'a.img', ...inputs })) {
    vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
  }
  return readBootTestInputs({});
}

describe('boot-test/action.yml', () => {
  it('is right by the rules of GitHub', async () => {
    const diagnose = (name: string, contents: string) =>
      validateAction(TextDocument.create(`file:///${name}/action.yml`, 'yaml', 1, contents));
    expect(await diagnose('boot-test-right', text)).toEqual([]);
    expect(await diagnose('boot-test-wrong', text.replace('node24', 'node99'))).toHaveLength(1);
  });

  it('has the inputs that are read, with the same defaults, and the outputs that are set', () => {
    const inputs = Object.entries<{ default?: string }>(action.inputs);
    expect(Object.fromEntries(inputs.map(([name, input]) => [name, input.default ?? '']))).toEqual(BOOT_TEST_DEFAULTS);
    const report = { boots: [{ seconds: 1, parts: [], isOff: true }], grownTo: 1, consoleLog: 'x' };
    expect(Object.keys(action.outputs)).toEqual(Object.keys(bootTestOutputs(report)));
  });
});

describe('readBootTestInputs', () => {
  it('has the defaults of action.yml', () => {
    expect(readWith({})).toMatchObject({
      image: 'a.img',
      timeout: 600,
      cardSize: 16 * 2 ** 30,
      memory: 2 * 2 ** 30,
      cpus: 2,
      firmware: 'auto',
      boots: 2,
      run: [],
      install: false,
    });
  });

  it('reads all of them', () => {
    const inputs = readWith({
      'wait-for': '^ready$',
      'fail-on': 'no+',
      timeout: '20',
      'card-size': '64GiB',
      memory: '512MiB',
      cpus: '4',
      firmware: 'u-boot',
      boots: '1',
      run: 'systemctl is-system-running\n\n  echo "$HOME" # comment\n',
      install: 'true',
    });
    expect(inputs).toEqual({
      image: 'a.img',
      waitFor: /^ready$/,
      failOn: /no+/,
      timeout: 20,
      cardSize: 64 * 2 ** 30,
      memory: 512 * 2 ** 20,
      cpus: 4,
      firmware: 'u-boot',
      boots: 1,
      run: ['systemctl is-system-running', 'echo "$HOME" # comment'],
      install: true,
    });
  });

  it.each([
    ['wait-for', '('],
    ['fail-on', '[a'],
    ['timeout', '0'],
    ['timeout', '10min'],
    ['card-size', '16.0000001GiB'],
    ['card-size', '1000'],
    ['memory', '32MiB'],
    ['cpus', '0'],
    ['firmware', 'bios'],
    ['boots', '11'],
    ['run', 'a\u0007b'],
    ['install', 'yes'],
  ])('names the input %s if it is %s', (name, value) => {
    expect(() => readWith({ [name]: value })).toThrow(
      expect.objectContaining({ title: `Invalid input ${name}`, remedy: expect.stringContaining(name) }),
    );
  });

  it('takes the image that an earlier step has made', () => {
    vi.stubEnv('INPUT_IMAGE', '');
    expect(readBootTestInputs({ NIX_EXT4_IMAGE_PATH: '/tmp/x.img' }).image).toBe('/tmp/x.img');
    expect(() => readBootTestInputs({})).toThrow('no step before this one');
  });
});
