import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/text/printable.ts';

describe('printable', () => {
  it.each([
    ['plain name_1.0+x?=', 'plain name_1.0+x?='],
    ['caf\u00e9 \u4e16\u754c \u{1f600}', 'caf\u00e9 \u4e16\u754c \u{1f600}'],
    ['two\nlines\r\ttab', 'two\\x0alines\\x0d\\x09tab'],
    ['\u001b[31mred\u0007\u007f\0', '\\x1b[31mred\\x07\\x7f\\x00'],
    ['back\\slash', 'back\\\\slash'],
    ['\u009b31m', '\\u{9b}31m'],
    ['a\u202egnp.exe\u2066\u200e', 'a\\u{202e}gnp.exe\\u{2066}\\u{200e}'],
    ['\ufeffx\u200b\u00a0\u2028\u3164', '\\u{feff}x\\u{200b}\\u{a0}\\u{2028}\\u{3164}'],
    ['\ud800 alone', '\\u{d800} alone'],
    ['\u{e0041}', '\\u{e0041}'],
    ['::error::x', '\\x3a:error::x'],
    ['  ::error::x', '  \\x3a:error::x'],
    ['Foo::Bar.3pm', 'Foo::Bar.3pm'],
    ['a##[error]x', 'a\\x23#[error]x'],
  ])('shows %j as %j', (name, shown) => {
    expect(printable(name)).toBe(shown);
    expect(printable(Buffer.from(name.replace('\ud800', '\u{1f600}')))).toBe(shown.replace('\\u{d800}', '\u{1f600}'));
  });

  it('shows bytes that are no UTF-8 as they are, and the characters between', () => {
    const bytes = Buffer.from([
      0x61, 0xff, 0xc3, 0xa9, 0xc3, 0x0a, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0x80, 0xe2, 0x80,
    ]);
    expect(printable(bytes)).toBe('a\\xff\u00e9\\xc3\\x0a\\xed\\xa0\\x80\u{1f600}\\xe2\\x80');
  });

  it('takes a part of a larger buffer', () => {
    expect(printable(new Uint8Array(Buffer.from('xxabcxx')).subarray(2, 5))).toBe('abc');
  });

  it('leaves nothing that a terminal or the runner acts on, and no two names alike', () => {
    const seen = new Map<string, string>();
    const name = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(name, (bytes) => {
        const shown = printable(bytes);
        expect(shown).not.toMatch(/[\p{C}\u2028\u2029]/u);
        expect(shown).not.toMatch(/^\s*::|##\[/);
        const hex = Buffer.from(bytes).toString('hex');
        expect(seen.get(shown) ?? hex).toBe(hex);
        seen.set(shown, hex);
      }),
      { numRuns: 1000 },
    );
  });
});
