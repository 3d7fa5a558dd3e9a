import { expect, it } from 'vitest';
import { KINDS } from '../../boot/kinds.ts';
import { parseOptions } from '../../boot/options.ts';

it('has a card of 64 GiB that is not kept', () => {
  expect(parseOptions([])).toEqual({ kind: KINDS.extlinux, keep: false, failing: false, cardSize: 64 * 2 ** 30 });
});

it('reads the options', () => {
  expect(parseOptions(['--card-size', '2TiB', '--keep', '--failing', '--kind', 'extlinux-gpt'])).toEqual({
    kind: KINDS['extlinux-gpt'],
    keep: true,
    failing: true,
    cardSize: 2 ** 41,
  });
});

it.each(['64', '1023MiB', '3TiB', '1.0001GiB', 'large'])('refuses a card of %s', (size) => {
  expect(() => parseOptions(['--card-size', size])).toThrow(`--card-size ${size}: expected a whole number of MiB`);
});

it.each(['grub', 'constructor'])('refuses to boot by %s', (kind) => {
  expect(() => parseOptions(['--kind', kind])).toThrow(
    `--kind ${kind}: expected one of ${Object.keys(KINDS).join(', ')}`,
  );
});
