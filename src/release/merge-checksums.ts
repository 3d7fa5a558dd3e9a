import { CHECKSUMS_NAME, type Checksum, listChecksums } from '../companions/checksums.ts';
import type { Asset, ReleaseConnection } from './api.ts';
import { uploadOperation } from './asset.ts';
import { isNameTaken, nameTaken, readFailure } from './explain.ts';
import { pause, withRetries } from './retry.ts';

/**
 * Adds checksums to the list in a release. Jobs of a matrix do so at the same time, and GitHub cannot replace a file in one
 * step: the job that deletes the list has read it, adds its own lines and uploads the result. A job that finds another one
 * was faster starts again from that one's list. No line is lost, whatever the order.
 *
 * `isReplaced` names the files whose lines are removed. Throws a `UserError` with a code.
 */
export async function addChecksums(
  connection: ReleaseConnection,
  checksums: readonly Checksum[],
  isReplaced: (name: string) => boolean,
): Promise<Asset> {
  const { api, release } = connection;
  // Also holds the lines of a deleted list until they have been uploaded.
  let list = listChecksums(checksums);
  /** Returns `undefined` if another job was faster, or is uploading a list. */
  const attempt = async (round: number): Promise<Asset | undefined> => {
    const existing = (await api.assets(release)).find(({ name }) => name === CHECKSUMS_NAME);
    if (existing === undefined) {
      return upload(connection, list);
    }
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
    return (await api.deleteAsset(existing)) ? upload(connection, list) : undefined;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const asset = await withRetries(uploadOperation(CHECKSUMS_NAME), () => attempt(round), connection);
    if (asset !== undefined) {
      return asset;
    }
    await pause(PAUSE * (1 + Math.random()), connection.signal);
  }
  throw nameTaken(CHECKSUMS_NAME);
}

/** Far more than the jobs of a matrix that end within the same second. */
const ROUNDS = 100;
/** Rounds, some seconds in all, after which an incomplete list is taken as the remains of an interrupted upload. */
const PATIENCE = 20;
/** Milliseconds. */
const PAUSE = 100;

/** Uploads a list; `undefined` if another job has uploaded one in the meantime. */
async function upload({ api, release }: ReleaseConnection, list: string): Promise<Asset | undefined> {
  const bytes = Buffer.from(list);
  async function* contents(): AsyncGenerator<Buffer> {
    yield bytes;
  }
  try {
    return await api.upload(release, { name: CHECKSUMS_NAME, size: bytes.length, contents: contents() });
  } catch (error) {
    if (isNameTaken(readFailure(error))) {
      return undefined;
    }
    throw error;
  }
}
