import { readFileSync } from 'node:fs';
import { validateAction } from '@actions/languageservice/validate-action';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { INPUT_DEFAULTS, SD_CARD_INPUTS } from '../../src/inputs/names.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { exampleReport } from '../report/example-report.ts';

const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
const action = parse(text);

function diagnose(name: string, contents: string) {
  return validateAction(TextDocument.create(`file:///${name}/action.yml`, 'yaml', 1, contents));
}

describe('action.yml', () => {
  it('is right by the rules of GitHub', async () => {
    expect(await diagnose('right', text)).toEqual([]);
    // The check finds what is wrong.
    expect(await diagnose('runtime', text.replace('node24', 'node99'))).toHaveLength(1);
    expect(await diagnose('main', text.replace('  main: dist/index.js\n', ''))).toHaveLength(1);
    expect(await diagnose('key', text.replace('\nruns:', '\nruntime: none\nruns:'))).not.toHaveLength(0);
  });

  it('has the inputs that are read, with the same defaults', () => {
    const inputs = Object.entries<{ default?: string }>(action.inputs);
    expect(Object.fromEntries(inputs.map(([name, input]) => [name, input.default ?? '']))).toEqual(INPUT_DEFAULTS);
  });

  it('marks the inputs that are for an SD card', () => {
    const inputs = Object.entries<{ description: string }>(action.inputs);
    const named = inputs.filter(([, input]) => input.description.includes('for sd-card only')).map(([name]) => name);
    expect(named).toEqual(SD_CARD_INPUTS);
  });

  it('has the outputs that are set', () => {
    expect(Object.keys(action.outputs)).toEqual(Object.keys(outputsOf(exampleReport)));
  });

  it('describes everything', () => {
    for (const { description, ...rest } of Object.values<object & { description: string }>({
      ...action.inputs,
      ...action.outputs,
    })) {
      expect(description).toMatch(/^[^\n]{20,}\.$|^zstd, gzip, xz or none\.$/);
      expect(Object.keys(rest).filter((key) => key !== 'default')).toEqual([]);
    }
  });
});
