import { basename } from 'node:path';
import type { FinishedFile } from '../image/finished-file.ts';
import { printable } from '../text/printable.ts';
import type { RegisteredArtifact } from './artifact-list.ts';

/** Why the runner would fail the step, as a sentence without its end. */
export interface AttestationProblem {
  readonly what: string;
  /** What the user can do, as a sentence without its end. */
  readonly remedy?: string;
}

/**
 * Why the runner would fail the step if the path of `image`, absolute and without links, were in a line of `file`, the file
 * in `GITHUB_ARTIFACTS`; `undefined` if it would not. `registered` are the artifacts that the runner knows.
 */
export function attestationProblem(
  { path, sha256 }: Pick<FinishedFile, 'path' | 'sha256'>,
  { file, registered }: { readonly file: string; readonly registered: readonly RegisteredArtifact[] },
): AttestationProblem | undefined {
  const artifact = { name: basename(path), digest: `sha256:${sha256}` };
  return pathProblem(path, file.startsWith(CONTAINER_WORK)) ?? listProblem(artifact, registered);
}

/**
 * What the runner does not accept in a line with `path`. Rules: actions/runner,
 * src/Runner.Worker/CreateArtifactsFileCommand.cs.
 */
function pathProblem(path: string, isInContainer: boolean): AttestationProblem | undefined {
  const name = printable(path);
  const remedy = 'Set image-name and output-directory to other names';
  if (/[=\p{Cc}]/u.test(path)) {
    return {
      what: `The path ${name} contains an equals sign or a control character, which the runner does not allow there`,
      remedy,
    };
  }
  if (path !== path.trimEnd()) {
    return { what: `The path '${name}' ends with white space, which the runner removes`, remedy };
  }
  if (/@sha(256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/i.test(path)) {
    return { what: `The path ${name} ends with a digest, as the runner expects it of a container image`, remedy };
  }
  if (isInContainer && !CONTAINER_MOUNTS.some((mount) => path.startsWith(mount))) {
    return {
      what: `The path ${name} exists only in the container of this job, where the runner cannot read it`,
      remedy: 'Set output-directory to a directory in GITHUB_WORKSPACE or RUNNER_TEMP',
    };
  }
  return undefined;
}

/** Where a job in a container has the runner's work directory, and with it the files of the runner. */
const CONTAINER_WORK = '/__w/';

/**
 * What the runner finds again of a container's files: its own mounts, not the volumes of the job (actions/runner,
 * src/Runner.Worker/Container/ContainerInfo.cs, TranslateToHostPath; src/Runner.Worker/ContainerOperationProvider.cs).
 */
const CONTAINER_MOUNTS = [CONTAINER_WORK, '/__t/', '/__e/', '/github/home/', '/github/workflow/'];

/** What the runner does not accept of `artifact` because of those that are registered. */
function listProblem(
  artifact: RegisteredArtifact,
  registered: readonly RegisteredArtifact[],
): AttestationProblem | undefined {
  const same = registered.find(({ name }) => name === artifact.name);
  if (same !== undefined) {
    const remedy = 'Set image-name to a name of its own for each image of the job';
    const what = `Another file with the name ${printable(artifact.name)} is registered already`;
    return same.digest === artifact.digest ? undefined : { what, remedy };
  }
  if (registered.length >= MAX_ARTIFACTS) {
    return {
      what: `${registered.length} artifacts are registered already, and the runner allows ${MAX_ARTIFACTS} in a job`,
    };
  }
  return undefined;
}

/** Artifacts of a job. */
const MAX_ARTIFACTS = 500;
