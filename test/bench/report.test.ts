import { describe, expect, it } from 'vitest';
import { replaceBetweenMarks } from '../../bench/report.ts';

const DOCUMENT =
  'before\n<!-- bench:goals -->\n\nold\n\n<!-- /bench:goals -->\nafter\n<!-- bench:size --><!-- /bench:size -->\n';

describe('replaceBetweenMarks', () => {
  it('replaces what is between the marks and nothing else', () => {
    const replaced = replaceBetweenMarks(DOCUMENT, 'goals', '| new |');
    expect(replaced).toBe(DOCUMENT.replace('old', '| new |'));
    expect(replaceBetweenMarks(replaced, 'size', 'x')).toContain('<!-- bench:size -->\n\nx\n\n<!-- /bench:size -->');
  });

  it('comes to the same however often it is done', () => {
    const once = replaceBetweenMarks(DOCUMENT, 'size', 'x');
    expect(replaceBetweenMarks(once, 'size', 'x')).toBe(once);
  });

  it('takes contents as they are', () =>
    expect(replaceBetweenMarks(DOCUMENT, 'goals', "$& $1 $'")).toContain("\n$& $1 $'\n"));

  it.each([
    ['no such mark', DOCUMENT],
    ['goals', '<!-- bench:goals -->'],
    ['goals', '<!-- /bench:goals --> <!-- bench:goals -->'],
  ])('names a place that is missing: %s', (mark, text) =>
    expect(() => replaceBetweenMarks(text, mark, 'x')).toThrow(`no place <!-- bench:${mark} -->`),
  );
});
