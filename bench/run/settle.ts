import { closeSync, mkdirSync, mkdtempSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Directories, and files in each, made to see how long a file takes: ext4 spreads directories over the disk. */
const DIRECTORIES = 20;
const FILES = 50;
/** A file takes some 20 µs; ten times that is what the wait is for. */
const SLOW_MICROSECONDS = 200;
const STEP_SECONDS = 20;
const LONGEST_SECONDS = 7 * 60;

/**
 * Waits until making files is as fast as it should be. For one minute, or for six where the tables were not written yet,
 * ext4 passes over the inodes of removed files one by one (`recently_deleted` in the kernel's `fs/ext4/ialloc.c`). After a
 * directory of many files has been removed, the copy of a closure takes several times as long for that alone.
 *
 * @param directory for the files; they stay there, for removing them would not help.
 */
export async function waitUntilSettled(directory: string): Promise<void> {
  for (let waited = 0; ; waited += STEP_SECONDS) {
    const microseconds = timeOfAFile(directory);
    if (microseconds < SLOW_MICROSECONDS) {
      return;
    }
    if (waited >= LONGEST_SECONDS) {
      console.error(`making a file still takes ${microseconds.toFixed(0)} µs: what makes many will look slow`);
      return;
    }
    if (waited === 0) {
      console.error(`making a file takes ${microseconds.toFixed(0)} µs: waiting for ext4 to settle`);
    }
    await sleep(STEP_SECONDS * 1000);
  }
}

/** Microseconds. */
function timeOfAFile(directory: string): number {
  const probe = mkdtempSync(join(directory, 'probe-'));
  const start = performance.now();
  for (let i = 0; i < DIRECTORIES; i++) {
    const inner = join(probe, String(i));
    mkdirSync(inner);
    for (let j = 0; j < FILES; j++) {
      closeSync(openSync(join(inner, String(j)), 'wx'));
    }
  }
  return ((performance.now() - start) * 1000) / (DIRECTORIES * FILES);
}
