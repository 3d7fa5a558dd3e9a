import { onTestFinished } from 'vitest';

/** Sets inputs as the runner does, until the test is finished; all others are unset. */
export function setInputs(inputs: Readonly<Record<string, string>>): void {
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  setEnvironment({
    ...Object.fromEntries(inputVariables().map((name) => [name, undefined])),
    ...Object.fromEntries(variables),
  });
}

/** Sets variables until the test is finished. */
export function setEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  onTestFinished(() => before.forEach(assign));
  Object.entries(variables).forEach(assign);
}

function inputVariables(): string[] {
  return Object.keys(process.env).filter((name) => name.startsWith('INPUT_'));
}

function assign([name, value]: readonly [string, string | undefined]): void {
  if (value === undefined) {
    delete process.env[name];
  } else {
    process.env[name] = value;
  }
}
