/**
 * Parses the log and the output file of an action as the runner does.
 * Sources: actions/runner, src/Runner.Common/ActionCommand.cs and src/Runner.Worker/FileCommandManager.cs.
 */

/** A command in the log, such as `::error title=No image was made::...`. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** All commands of a log: lines that begin with `::name`, or hold `##[name]` anywhere. */
export function commandsOf(log: string): readonly Command[] {
  return log.split(/\r?\n/).flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): Command | undefined {
  const old = /##\[([^\]]*)\](.*)/.exec(line);
  if (old !== null) {
    return { name: old[1] ?? '', properties: {}, data: old[2] ?? '' };
  }
  const match = /^\s*::(.+?)::([\s\S]*)$/.exec(line) ?? /^\s*::(\S+)(.*)$/.exec(line);
  if (match === null) {
    return undefined;
  }
  const [name = '', ...rest] = (match[1] ?? '').split(' ');
  const pairs = rest.join(' ').split(',').filter(Boolean);
  const properties = pairs.map((pair) => {
    const at = pair.indexOf('=');
    return [
      pair.slice(0, at),
      unescapeData(pair.slice(at + 1))
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ','),
    ] as const;
  });
  return { name, properties: Object.fromEntries(properties), data: unescapeData(match[2] ?? '') };
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

/** The outputs in a GITHUB_OUTPUT file. Throws where the runner would fail the step. */
export function outputsOf(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (line === '') {
      continue;
    }
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      outputs[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (heredoc < 0) {
      throw new Error(`Invalid format '${line}'`);
    }
    const end = lines.indexOf(line.slice(heredoc + 2), i + 1);
    if (end < 0) {
      throw new Error(`Invalid value. Matching delimiter not found '${line.slice(heredoc + 2)}'`);
    }
    outputs[line.slice(0, heredoc)] = lines.slice(i + 1, end).join('\n');
    i = end;
  }
  return outputs;
}
