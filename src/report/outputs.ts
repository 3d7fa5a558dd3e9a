import { basename } from 'node:path';
import { exportVariable, setOutput } from '@actions/core';
import type { CompanionKind } from '../companions/companion.ts';
import type { Report } from './report.ts';

/** The outputs of the action; those without a value are left out. */
export function outputsOf(report: Report): Readonly<Record<string, string>> {
  const { image, filesystem, closure, artifact, release } = report;
  const pathOf = (wanted: CompanionKind) => report.companions.find(({ kind }) => kind === wanted)?.path;
  const outputs = {
    'image-path': image.path,
    'image-name': image.fileName,
    'image-size': image.size,
    'image-sha256': image.sha256,
    'uncompressed-size': image.uncompressedSize,
    'uncompressed-sha256': image.uncompressedSha256,
    uuid: filesystem.uuid,
    'manifest-path': pathOf('manifest'),
    'sbom-path': pathOf('sbom'),
    'checksums-path': pathOf('checksums'),
    'block-map-path': pathOf('block-map'),
    'imager-manifest-path': pathOf('imager-manifest'),
    files: JSON.stringify(filesOf(report)),
    'closure-paths': closure.storePaths.length,
    'closure-size': closure.narBytes,
    'artifact-id': artifact?.id,
    'artifact-url': artifact?.url,
    'artifact-digest': artifact?.digest,
    'release-url': release?.url,
  };
  const given = Object.entries(outputs).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Every file that the run left, the image first. */
function filesOf({ image, companions }: Pick<Report, 'image' | 'companions'>): readonly object[] {
  return [{ kind: 'image', ...image }, ...companions].map(({ kind, path, size, sha256 }) => ({
    path,
    name: basename(path),
    size,
    sha256,
    kind,
  }));
}

/** Sets outputs by name. The toolkit delimits values, so that none can set another output. */
export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    setOutput(name, value);
  }
}

/** The variable by which a later step of the job, such as the boot test, knows the path of the image. */
export const IMAGE_VARIABLE = 'NIX_EXT4_IMAGE_PATH';

/** Tells later steps the path of the image, if the runner has a file for that. */
export function announceImage(path: string, environment: NodeJS.ProcessEnv = process.env): void {
  if (environment.GITHUB_ENV) {
    exportVariable(IMAGE_VARIABLE, path);
  }
}
