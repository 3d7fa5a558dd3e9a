import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice/validate';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';

const checkout = join(import.meta.dirname, '../../..');

/** The actions of this repository, by the directory of each: that which makes images, and the boot test. */
const ACTIONS = new Map(
  ['', 'boot-test'].map((path) => [path, parse(readFileSync(join(checkout, path, 'action.yml'), 'utf8'))]),
);

/** This action as users name it. */
export const ACTION = 'nix-ext4-image/nix-ext4-image';

/** A workflow, and where it stands. */
export interface Workflow {
  readonly name: string;
  readonly text: string;
}

/** Whole files, by patterns relative to the checkout. */
export function workflowFiles(...patterns: readonly string[]): readonly Workflow[] {
  return globSync([...patterns], { cwd: checkout })
    .sort()
    .map((name) => ({ name, text: readFileSync(join(checkout, name), 'utf8') }));
}

/** The YAML blocks of a Markdown file, each made a workflow: a block is one already, or the steps of one. */
export function workflowBlocks(name: string, markdown: string): readonly Workflow[] {
  return [...markdown.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].map(([, block], i) => {
    const isSteps = Array.isArray(parse(block));
    return { name: `${name}, block ${i + 1}`, text: isSteps ? workflowOfSteps(block) : block };
  });
}

function workflowOfSteps(steps: string): string {
  const indented = steps.replaceAll(/^(?=.)/gm, '      ');
  return `on: push\njobs:\n  steps:\n    runs-on: ubuntu-latest\n    steps:\n${indented}`;
}

let documents = 0;

/**
 * What GitHub's own language service finds wrong with a workflow, inputs of this action included; inputs of other
 * actions are not looked at.
 */
export async function diagnose({ text }: Workflow): Promise<readonly string[]> {
  // It caches documents by their URLs.
  const url = `file:///${documents++}/.github/workflows/workflow.yml`;
  const found = await validate(TextDocument.create(url, 'yaml', 1, withPlainReferences(text)), {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name, path = '' }) =>
        (`${owner}/${name}` === ACTION ? ACTIONS.get(path) : undefined) ?? { name, description: 'not looked at' },
    },
  });
  return [...found.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`), ...unknownOutputs(text)];
}

/** GitHub takes `./` for a directory whose action.yml it would read, and has no URLs of other servers. */
function withPlainReferences(text: string): string {
  return text
    .replaceAll(/uses: \.\/(?=\s)/g, `uses: ${ACTION}@main`)
    .replaceAll(/uses: \.\/boot-test(?=\s)/g, `uses: ${ACTION}/boot-test@main`)
    .replaceAll(/uses: https:\/\/[^/]+\//g, 'uses: ');
}

/** Outputs of this action that are used but do not exist: the service knows the outputs of no action. */
function unknownOutputs(text: string): readonly string[] {
  return stepsOf(text).flatMap(({ uses, id }) => {
    const path = pathOf(uses);
    if (id === undefined || path === undefined) {
      return [];
    }
    return [...text.matchAll(new RegExp(`\\bsteps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))]
      .filter(([, output]) => !(output in ACTIONS.get(path).outputs))
      .map(([, output]) => `Invalid action output '${output}'`);
  });
}

/** A step of a workflow, as far as it is looked at here. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

/** The jobs of a workflow. */
export function jobsOf(text: string): readonly Job[] {
  const { jobs }: { readonly jobs: Readonly<Record<string, Job>> } = parse(text);
  return Object.values(jobs);
}

/** The steps of all jobs of a workflow. */
export function stepsOf(text: string): readonly Step[] {
  return jobsOf(text).flatMap((job) => job.steps ?? []);
}

/** Whether a step uses an action of this repository. */
export function isThisAction(uses: string | undefined): boolean {
  return pathOf(uses) !== undefined;
}

/** The directory of the action of this repository that a step uses; `undefined` for other steps. */
function pathOf(uses: string | undefined): string | undefined {
  return [...ACTIONS.keys()].find((path) => {
    const directory = path === '' ? '' : `/${path}`;
    return uses === `./${path}` || uses?.includes(`${ACTION}${directory}@`) === true;
  });
}
