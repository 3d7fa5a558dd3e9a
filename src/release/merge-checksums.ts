import { setTimeout as wait } from 'node:timers/promises';
import { CHECKSUMS_NAME, type Checksum, listChecksums } from '../companions/checksums.ts';
import type { Asset, Release, ReleaseApi } from './api.ts';
import { nameTaken } from './asset.ts';
import { isNameTaken, readFailure } from './explain.ts';
import { type RetryOptions, withRetries } from './retry.ts';

/**
 * Adds checksums to those of a release. Jobs of a matrix do that at the same time, and GitHub cannot change a file of a
 * release: who manages to delete the list has what it says in hand, adds to it, and uploads it. If another was quicker,
 * that list is taken up in turn. So no line is lost, in whatever order the jobs come.
 *
 * `isReplaced` tells the files whose lines are to go. Throws a `ReleaseError`.
 */
export async function addChecksums(
  api: ReleaseApi,
  release: Release,
  checksums: readonly Checksum[],
  isReplaced: (name: string) => boolean,
  options: RetryOptions,
): Promise<Asset> {
  let list = listChecksums(checksums);
  const attempt = async (round: number): Promise<Asset | undefined> => {
    const existing = (await api.assets(release)).find(({ name }) => name === CHECKSUMS_NAME);
    if (existing === undefined) {
      return upload(api, release, list);
    }
    // Another job may be uploading it at this moment; what stays like that was left by one that broke off.
    if (!existing.isComplete && round < PATIENCE) {
      return undefined;
    }
    if (existing.isComplete) {
      const text = await api.readText(existing);
      if (text === undefined) {
        return undefined;
      }
      list = listChecksums(checksums, `${text}\n${list}`, isReplaced);
      if (list === text) {
        return existing;
      }
    }
    return (await api.deleteAsset(existing)) ? upload(api, release, list) : undefined;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const asset = await withRetries(`take ${CHECKSUMS_NAME}`, () => attempt(round), options);
    if (asset !== undefined) {
      return asset;
    }
    await wait(PAUSE * (1 + Math.random()), undefined, { signal: options.signal }).catch(() =>
      options.signal.throwIfAborted(),
    );
  }
  throw nameTaken(CHECKSUMS_NAME);
}

/** Far more than a matrix has jobs that end within the same second. */
const ROUNDS = 100;
/** Rounds, some seconds in all. */
const PATIENCE = 20;
/** Milliseconds. */
const PAUSE = 100;

/** `undefined` if another job has uploaded a list in the meantime. */
async function upload(api: ReleaseApi, release: Release, list: string): Promise<Asset | undefined> {
  const bytes = Buffer.from(list);
  async function* contents(): AsyncGenerator<Buffer> {
    yield bytes;
  }
  try {
    return await api.upload(release, { name: CHECKSUMS_NAME, size: bytes.length, contents: contents() });
  } catch (error) {
    const failure = readFailure(error);
    if (failure !== undefined && isNameTaken(failure)) {
      return undefined;
    }
    throw error;
  }
}
