import { basename, dirname, join } from 'node:path';
import type { PublishedArtifact } from '../artifact/upload.ts';
import { registerForAttestation } from '../companions/attestation.ts';
import { CHECKSUMS_NAME, writeChecksums } from '../companions/checksums.ts';
import type { Companion } from '../companions/companion.ts';
import { hashFinishedFile } from '../image/finished-file.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import type { BootableSystem } from '../nixos/bootable.ts';
import type { PublishedRelease } from '../release/publish.ts';
import { announceImage, outputsOf, setOutputs } from '../report/outputs.ts';
import type { ChangesReport, ImageReport, Report } from '../report/report.ts';
import { writeSummary } from '../report/summary.ts';
import { closingLine, type Log } from '../runner/log.ts';
import { warnOfFullDisk } from '../runner/low-disk.ts';
import { formatUuid } from '../text/format.ts';
import type { Verification } from '../verify/verify-image.ts';
import type { PlannedImage } from './plan.ts';
import type { Tools } from './prepare/tools.ts';

/** What a run has produced. */
export interface Results {
  readonly inputs: Pick<Inputs, 'volumeLabel' | 'nixDatabase' | 'fromParts'>;
  readonly tools: Tools;
  readonly system: BootableSystem | undefined;
  readonly closure: readonly StorePathInfo[];
  readonly changes: ChangesReport | undefined;
  readonly deduplicatedBytes: number | undefined;
  readonly plan: PlannedImage;
  readonly verification: Verification;
  readonly image: ImageReport;
  readonly companions: readonly Companion[];
  readonly artifact: PublishedArtifact | undefined;
  readonly release: PublishedRelease | undefined;
  readonly log: Log;
}

/** Writes the list of checksums, the outputs, the job summary and the last line of the log. */
export async function publishReport(results: Results): Promise<void> {
  const { image, companions, log } = results;
  const checksums = await writeChecksumList(image, companions);
  for (const warning of [registerForAttestation(image), warnOfFullDisk(image.path)]) {
    if (warning !== undefined) {
      log.warning(warning.title, warning.text);
    }
  }
  const report = createReport(results, [...companions, checksums]);
  setOutputs(outputsOf(report));
  announceImage(report.image.path);
  await writeSummary(report);
  log.info(closingLine({ ...image, seconds: report.seconds }));
}

async function writeChecksumList(image: ImageReport, companions: readonly Companion[]): Promise<Companion> {
  const path = join(dirname(image.path), CHECKSUMS_NAME);
  await writeChecksums(
    path,
    [image, ...companions].map((file) => ({ name: basename(file.path), sha256: file.sha256 })),
  );
  return { kind: 'checksums', ...hashFinishedFile(path) };
}

function createReport(results: Results, companions: readonly Companion[]): Report {
  const { inputs, tools, closure, plan, verification, log } = results;
  return {
    image: results.image,
    filesystem: {
      uuid: formatUuid(plan.description.filesystem.plan.uuid),
      label: inputs.volumeLabel,
      freeBytes: plan.usage.freeBytes,
      structureBytes: plan.usage.structureBytes,
    },
    boot: results.system?.boot.summary,
    settings: inputs.fromParts,
    closure: {
      storePaths: closure.map((info) => ({ path: info.path, narSize: info.size })),
      narBytes: closure.reduce((sum, info) => sum + info.size, 0),
    },
    deduplicatedBytes: results.deduplicatedBytes,
    checks: [
      { name: `e2fsck ${tools.e2fsck.version}`, result: `clean, ${verification.e2fsckSummary}` },
      {
        name: 'NAR hashes',
        result: `${verification.storePaths} of ${closure.length} store paths as Nix registered them`,
      },
      { name: 'Registration', result: 'lists exactly these store paths' },
      ...(inputs.nixDatabase ? [{ name: 'Database of Nix', result: 'sound, with exactly these store paths' }] : []),
      { name: 'Audit', result: 'copies, resize inode, journal, padding and free blocks as planned' },
    ],
    phases: log.phases,
    seconds: log.elapsed(),
    artifact: results.artifact,
    companions,
    changes: results.changes,
    release: results.release,
  };
}
