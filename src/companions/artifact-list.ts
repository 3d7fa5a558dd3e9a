import { readSmallFile } from '../host/small-file.ts';
import { isObject } from '../text/json.ts';

/** An artifact that an earlier step of the job has registered with the runner. */
export interface RegisteredArtifact {
  /** Without a directory. */
  readonly name: string;
  /** Such as `sha256:` and hexadecimal digits. */
  readonly digest: string;
}

/**
 * Reads the file in `GITHUB_ARTIFACTS_LIST`: the artifacts that earlier steps of the job have registered. There are none
 * without that variable, and the file is empty on a runner that ignores registrations. Throws an `Error` if the file cannot
 * be read or has another format. Format: actions/runner, src/Runner.Worker/ArtifactsListFileCommand.cs.
 */
export function readArtifactList(file: string | undefined): readonly RegisteredArtifact[] {
  const text = file ? readSmallFile(file).toString().trim() : '';
  if (text === '') {
    return [];
  }
  const list: unknown = JSON.parse(text);
  if (!isObject(list) || list.version !== FORMAT_VERSION || !Array.isArray(list.subjects)) {
    throw new Error(`not a list of artifacts of version ${FORMAT_VERSION}`);
  }
  return list.subjects.map((subject: unknown) => {
    if (!isObject(subject) || typeof subject.name !== 'string' || typeof subject.digest !== 'string') {
      throw new Error('an artifact without a name or a digest');
    }
    return { name: subject.name, digest: subject.digest };
  });
}

const FORMAT_VERSION = 1;
