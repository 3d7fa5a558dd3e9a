import { describe, expect, it } from 'vitest';
import { compareClosures } from '../../src/report/changes.ts';
import { renderChanges } from '../../src/report/summary-changes.ts';

function paths(names: readonly string[], digit = '0') {
  return names.map((name, i) => ({ path: `/nix/store/${digit.repeat(32)}-${name}`, narSize: 1000 * (i + 1) }));
}

function packages(count: number, version: string, name = 'package') {
  return Array.from({ length: count }, (_, i) => `${name}${i}-${version}`);
}

describe('renderChanges', () => {
  it('shows a few packages as they are', () => {
    const changes = compareClosures(
      paths(['glibc-2.39', 'gone-1', 'two-1']),
      paths(['glibc-2.40', 'new-1', 'two-1', 'two-2']),
    );
    const text = renderChanges(changes, 'v1.img.manifest.json', 10_000);
    expect(text).toBe(
      [
        '<h4>What changed since <code>v1.img.manifest.json</code></h4>',
        '',
        '<p>2 packages changed, 1 added, 1 removed; 3 → 4 store paths, 5.86 KiB → 9.77 KiB (+3.91 KiB).</p>',
        '',
        '<table>',
        '<tr><th align="left">Package</th><th align="left">Before</th><th align="left">Now</th><th>NAR size</th></tr>',
        '<tr><td><code>glibc</code></td><td>2.39</td><td>2.40</td><td align="right">+0 B</td></tr>',
        '<tr><td><code>two</code></td><td>1</td><td>1, 2</td><td align="right">+3.91 KiB</td></tr>',
        '<tr><td><code>new</code></td><td><em>added</em></td><td>1</td><td align="right">+1.95 KiB</td></tr>',
        '<tr><td><code>gone</code></td><td>1</td><td><em>removed</em></td><td align="right">-1.95 KiB</td></tr>',
        '</table>',
      ].join('\n'),
    );
  });

  it('folds many, but for the ten whose size changed most', () => {
    const many = compareClosures(paths(packages(21, '1')), paths(packages(21, '2')).reverse().slice(1));
    const text = renderChanges(many, 'old', 100_000);
    const [open = '', folded = ''] = text.split('<details><summary>All 21 packages with other versions</summary>\n');
    expect(open.match(/<tr><td>/g)).toHaveLength(10);
    expect(open).toContain('<code>package20</code></td><td>1</td><td><em>removed</em></td><td align="right">-20.5 KiB');
    expect(folded.match(/<tr><td>/g)).toHaveLength(21);
    const few = compareClosures(paths(packages(20, '1')), paths(packages(20, '2')));
    expect(renderChanges(few, 'old', 100_000)).not.toContain('<details>');
  });

  it('folds those that were only rebuilt', () => {
    const rebuilt = compareClosures(paths(['a-1', 'b-1']), paths(['a-1', 'b-1'], '1'));
    const text = renderChanges(rebuilt, 'old', 10_000);
    expect(text).toContain('<p>2 packages rebuilt; ');
    expect(text.match(/<table>/g)).toHaveLength(1);
    expect(text).toContain('<details><summary>2 rebuilt with the same version</summary>\n<table>');
    expect(text).toContain('<td><code>a</code></td><td>1</td><td>1</td>');
  });

  it('is short if nothing changed', () => {
    const text = renderChanges(compareClosures(paths(['a-1']), paths(['a-1'])), 'old', 10_000);
    expect(text).toContain('the same store paths');
    expect(text).not.toMatch(/<table>|<details>/);
  });

  it.each([3000, 50_000, 300_000])('stays within %i bytes, and counts what is left out', (limit) => {
    const before = [...packages(5000, '1'), ...packages(5000, '1', 'rebuilt')];
    const after = [...paths(packages(5000, '2')), ...paths(packages(5000, '1', 'rebuilt'), '1')];
    const text = renderChanges(compareClosures(paths(before), after), 'old', limit);
    const folded = text.slice(text.indexOf('<details>'));
    const shown = folded.match(/<tr><td><code>package/g)?.length ?? 0;
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(Buffer.byteLength(text)).toBeGreaterThan(limit * 0.6);
    expect(text).toContain(`<td colspan="4">${5000 - shown} more are left out</td>`);
    expect(text.match(/<details>/g)).toEqual(text.match(/<\/details>/g)?.map(() => '<details>'));
    expect(text.match(/<table>/g)).toHaveLength(3);
    expect(text.match(/<\/table>/g)).toHaveLength(3);
  });

  it('lets no name become structure', () => {
    const attack = 'x</td><script>-1**b**`|\n\n# y';
    const changes = compareClosures([], [{ path: `/nix/store/0-${attack}`, narSize: 1 }]);
    const text = renderChanges(changes, attack, 10_000);
    const plain = renderChanges(compareClosures([], [{ path: '/nix/store/0-x-1', narSize: 1 }]), 'x', 10_000);
    const structure = (html: string) => html.match(/<[^>]*>|\n/g);
    expect(structure(text)).toEqual(structure(plain));
    expect(text).not.toMatch(/\*\*|`|\|/);
    const version = { path: '/nix/store/0-x-1.0+<b>**_[&amp;', narSize: 1 };
    expect(renderChanges(compareClosures([], [version]), 'x', 10_000)).toContain(
      '<td>1.0+&#60;b&#62;&#42;&#42;&#95;&#91;&#38;amp;</td>',
    );
  });
});
