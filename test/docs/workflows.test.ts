import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { overreaching, weaknesses } from './support/hardening.ts';
import {
  ACTION,
  diagnose,
  isThisAction,
  stepsOf,
  type Workflow,
  workflowBlocks,
  workflowFiles,
} from './support/workflows.ts';

const checkout = join(import.meta.dirname, '../..');
const own = workflowFiles('.github/workflows/*.yml', 'test/act/*.yml');
const examples = workflowFiles('examples/*.yml');
const blocks = globSync(['*.md', 'docs/*.md'], { cwd: checkout })
  .sort()
  .flatMap((name) => workflowBlocks(name, readFileSync(join(checkout, name), 'utf8')));

const SOUND = `on: push
permissions:
  contents: read
jobs:
  image:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789 # v1.0.0
        with:
          persist-credentials: false
      - uses: ./ # zizmor: ignore[self-repository]
        id: image
        with:
          store-paths: ./result
      - run: ls "$IMAGE"
        env:
          IMAGE: \${{ steps.image.outputs.image-path }}
`;

function changed(from: string, to: string): Workflow {
  expect(SOUND).toContain(from);
  return { name: 'changed', text: SOUND.replace(from, to) };
}

describe('the checks of workflows see what they are to see:', () => {
  it('inputs and outputs of this action, keys and contexts', async () => {
    expect(await diagnose({ name: 'sound', text: SOUND })).toEqual([]);
    const wrong = changed('store-paths', 'store-path');
    expect(await diagnose(wrong)).toEqual(["line 15: Invalid action input 'store-path'"]);
    const otherForms = [`${ACTION}@v1`, `https://github.com/${ACTION}@v1`];
    for (const form of otherForms) {
      const text = wrong.text.replace('./ #', `${form} #`);
      expect(await diagnose({ ...wrong, text })).toEqual(["line 15: Invalid action input 'store-path'"]);
    }
    expect(await diagnose(changed('image-path', 'path'))).toEqual(["Invalid action output 'path'"]);
    expect(await diagnose(changed('runs-on', 'runs-at'))).not.toEqual([]);
    expect(await diagnose(changed('steps.image', 'step.image'))).not.toEqual([]);
  });

  it('inputs and outputs of the boot test', async () => {
    const steps = `      - uses: ./boot-test # zizmor: ignore[self-repository]
        id: boot
        with:
          wait-for: ready
      - run: ls "$CONSOLE"
        env:
          CONSOLE: \${{ steps.boot.outputs.console-log }}
`;
    const sound = { name: 'sound', text: SOUND + steps };
    expect(await diagnose(sound)).toEqual([]);
    for (const [from, to, found] of [
      ['wait-for', 'wait', /Invalid action input 'wait'/],
      ['console-log', 'image-path', /Invalid action output 'image-path'/],
    ] as const) {
      const [problem, ...others] = await diagnose({ ...sound, text: sound.text.replace(from, to) });
      expect(problem).toMatch(found);
      expect(others).toEqual([]);
    }
  });

  it('the steps of a README', async () => {
    const blocksOf = (text: string) => workflowBlocks('README.md', `text\n\`\`\`yaml\n${text}\`\`\`\nmore\n`);
    const steps = `- uses: ${ACTION}@v1\n  with:\n    store-paths: ./result\n`;
    expect(await Promise.all(blocksOf(steps).map(diagnose))).toEqual([[]]);
    expect(await Promise.all(blocksOf(SOUND).map(diagnose))).toEqual([[]]);
    const [found] = await Promise.all(blocksOf(steps.replace('store-', '')).map(diagnose));
    expect(found).toEqual(["line 8: Invalid action input 'paths'"]);
  });

  it('what an attacker could use', () => {
    expect(weaknesses({ name: 'sound', text: SOUND })).toEqual([]);
    const found = [
      changed('@0123456789012345678901234567890123456789 # v1.0.0', '@v1'),
      changed(' # v1.0.0', ''),
      changed('timeout-minutes: 10', 'env: {}'),
      changed('persist-credentials: false', 'fetch-depth: 0'),
      changed('ls "$IMAGE"', `ls \${{ steps.image.outputs.image-path }}`),
      changed('contents: read', 'contents: write'),
      changed('permissions:\n  contents: read\n', ''),
      changed('on: push', 'on: [pull_request_target]'),
    ].map(weaknesses);
    expect(found.map((problems) => problems.length)).toEqual(found.map(() => 1));
  });
});

test.each(own)('$name is sound and gives nothing away', async (workflow) => {
  expect(await diagnose(workflow)).toEqual([]);
  expect(weaknesses(workflow)).toEqual([]);
});

test.each(examples)('$name is sound and gives nothing away', async (workflow) => {
  expect(await diagnose(workflow)).toEqual([]);
  expect(overreaching(workflow)).toEqual([]);
  expect(stepsOf(workflow.text).some(({ uses }) => isThisAction(uses))).toBe(true);
});

test.each(blocks)('$name, is sound', async (workflow) => {
  expect(await diagnose(workflow)).toEqual([]);
});

it('all of them are found', () => {
  expect(own.map(({ name }) => name)).toContain('.github/workflows/ci.yml');
  expect(examples.length).toBeGreaterThan(5);
  expect(blocks.length).toBeGreaterThan(5);
});
