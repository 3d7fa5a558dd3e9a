import { describe, expect, it } from 'vitest';
import { withSection } from '../../src/release/notes.ts';

describe('withSection', () => {
  const own = '<!-- start of a.img -->\nA\n<!-- end of a.img -->';

  it('adds a section at the end', () => {
    expect(withSection('', 'a.img', 'A\n')).toBe(`${own}\n`);
    expect(withSection(' \r\n', 'a.img', 'A')).toBe(`${own}\n`);
    expect(withSection('By hand.\n', 'a.img', 'A')).toBe(`By hand.\n\n${own}\n`);
  });

  it('replaces the section in place, and nothing else', () => {
    const notes = withSection(withSection('By hand.', 'a.img', 'A'), 'b.img', 'B');
    expect(notes).toContain('A');
    const changed = withSection(`${notes}After.`, 'a.img', 'New');
    expect(changed).toBe(`${notes}After.`.replace('\nA\n', '\nNew\n'));
    expect(withSection(changed, 'a.img', 'New')).toBe(changed);
  });

  it('adds a new section if the end of the old one was removed', () => {
    expect(withSection('<!-- start of a.img -->\nHalf', 'a.img', 'A')).toBe(
      `<!-- start of a.img -->\nHalf\n\n${own}\n`,
    );
  });
});
