import { parse } from 'yaml';
import { jobsOf, stepsOf, type Workflow } from './workflows.ts';

/**
 * What an attacker could use in a workflow, by the rules of zizmor that its text suffices for: actions that are not
 * pinned, a token left in the checkout, expressions within scripts, permissions that nobody has chosen, triggers that
 * run with secrets on the code of others.
 */
export function weaknesses(workflow: Workflow): readonly string[] {
  return [...unpinned(workflow), ...overreaching(workflow)];
}

/** Actions of others that are not named by a commit with its version after it, and jobs without a time limit. */
function unpinned({ text }: Workflow): readonly string[] {
  const references = text.split('\n').flatMap((line) => /^\s*(?:- )?uses: (.*)$/.exec(line)?.[1] ?? []);
  const found = references.filter((reference) => !PINNED.test(reference) && !OWN.test(reference));
  const endless = jobsOf(text).filter((job) => job['timeout-minutes'] === undefined);
  return [...found.map((reference) => `not pinned: ${reference}`), ...endless.map(() => 'a job without a time limit')];
}

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
/** An action at the top of its repository can be named in no other way. */
const OWN = /^\.\/(boot-test)? # zizmor: ignore\[self-repository\]/;

/** What holds for workflows that are copied as well. */
export function overreaching({ text }: Workflow): readonly string[] {
  const workflow: { readonly on: unknown; readonly permissions?: unknown } = parse(text);
  const problems: string[] = [];
  if (!isReadOnly(workflow.permissions)) {
    problems.push('the whole workflow may do more than contents: read');
  }
  if (/\b(pull_request_target|workflow_run)\b/.test(JSON.stringify(workflow.on))) {
    problems.push('a dangerous trigger');
  }
  for (const { uses = '', run = '', with: inputs } of stepsOf(text)) {
    if (/(^|\/)actions\/checkout@/.test(uses) && inputs?.['persist-credentials'] !== false) {
      problems.push('a checkout that keeps the token');
    }
    if (run.includes('${{')) {
      problems.push(`an expression within a script: ${run}`);
    }
  }
  return problems;
}

/** Jobs that write say so themselves. */
function isReadOnly(permissions: unknown): boolean {
  return JSON.stringify(permissions) === '{"contents":"read"}';
}
