// @module-tag system
import { expect, it, onTestFinished } from 'vitest';
import { writeCompanions } from '../../src/run/describe.ts';
import { finishedImage } from '../../src/run/verify.ts';
import { writeUnverified } from '../faults/support/in-process.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

it('reports the progress of the block map, up to its end', async () => {
  const inputs = { 'store-paths': sampleClosure().root, format: 'sd-card', 'free-space': '64MiB' };
  const unverified = await writeUnverified(inputs, temporaryDirectory());
  onTestFinished(() => unverified.close());
  const { step, closure, plan, written } = unverified;
  const verification = await unverified.verify();
  step.output.accept();
  const seen: (readonly [number, number])[] = [];
  const log: typeof step.log = {
    ...step.log,
    phase: async (_, work) => await work((...progress) => seen.push(progress)),
  };
  const image = finishedImage({ ...step, plan, written, verification });
  await writeCompanions({ ...step, log, closure, plan, written, image });
  const total = seen.at(-1)?.[1] ?? 0;
  expect(total).toBeGreaterThan(1_000_000);
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  expect(seen.at(-1)).toEqual([total, total]);
});
