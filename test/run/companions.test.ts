import { expect, it, onTestFinished } from 'vitest';
import { writeCompanions } from '../../src/run/describe.ts';
import { writeUnverified } from '../faults/support/in-process.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

it('tells how far the block map is, up to all of it', async () => {
  const inputs = { 'store-paths': sampleClosure().root, format: 'sd-card', 'free-space': '64MiB' };
  const unverified = await writeUnverified(inputs, temporaryDirectory());
  onTestFinished(() => unverified.close());
  const { context, closure, image, written } = unverified;
  const verification = await unverified.verify();
  context.output.accept();
  const seen: (readonly [number, number])[] = [];
  const log: typeof context.log = {
    ...context.log,
    phase: async (_, work) => await work((...progress) => seen.push(progress)),
  };
  await writeCompanions({ ...context, log }, closure, image, written, verification);
  const total = seen.at(-1)?.[1] ?? 0;
  expect(total).toBeGreaterThan(1_000_000);
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  expect(seen.at(-1)).toEqual([total, total]);
});
