import { expect, it, onTestFinished } from 'vitest';
import { writeCompanions } from '../../src/run/describe.ts';
import { writeUnproved } from '../faults/support/in-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { sampleClosure } from '../support/nix-store.ts';

it('tells how far the block map is, up to all of it', async () => {
  const inputs = { 'store-paths': sampleClosure().root, format: 'sd-card', 'free-space': '64MiB' };
  const unproved = await writeUnproved(inputs, temporaryFolder());
  onTestFinished(() => unproved.close());
  const { context, closure, image, written } = unproved;
  const proof = await unproved.prove();
  context.output.accept();
  const seen: (readonly [number, number])[] = [];
  const log: typeof context.log = {
    ...context.log,
    phase: async (_, work) => await work((...progress) => seen.push(progress)),
  };
  await writeCompanions({ ...context, log }, closure, image, written, proof);
  const total = seen.at(-1)?.[1] ?? 0;
  expect(total).toBeGreaterThan(1_000_000);
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  expect(seen.at(-1)).toEqual([total, total]);
});
