import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeMermaid, printableText, quoteValue, shorten } from '../../src/text/escape.ts';

const anyString = string({ unit: 'binary', maxLength: 60 });

/** Undoes numeric references, as an HTML parser does. */
function decode(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

describe('printableText', () => {
  it('keeps lines and backslashes', () => {
    expect(printableText('a\\x0a\r\nb\\\\\n')).toBe('a\\x0a\nb\\\\\n');
  });

  it('leaves no line that the runner takes for a command', () => {
    assert(
      property(anyString, (text) => {
        const lines = printableText(`${text}\n::a::\n##[b]${text}`).split('\n');
        return lines.every((line) => !/^\s*::|##\[|\p{Cc}/u.test(line));
      }),
    );
  });
});

describe('shorten', () => {
  it('keeps what is short, and cuts no character in half', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('abc...');
    expect(shorten('ab😀d', 3)).toBe('ab...');
  });
});

it('quoteValue shows one line', () => {
  expect(quoteValue('a\nb')).toBe("'a\\x0ab'");
  expect(quoteValue('x'.repeat(500))).toHaveLength(125);
});

describe('escapeHtml', () => {
  it('leaves nothing that has a meaning in HTML or Markdown', () => {
    const attack = '</td><script>alert(1)</script> **b** `c` [l](javascript:x) @user #1 $x$ :tada: | ~~s~~ ![i](u) \\';
    expect(escapeHtml(attack)).not.toMatch(/[<>`*[\]()@$|~!\\]|&(?!#\d+;)|:(?!$)/);
    expect(decode(escapeHtml('<a> & "b"'))).toBe('<a> & "b"');
  });

  it('can be read back', () => {
    assert(property(anyString, (text) => decode(escapeHtml(text)).replaceAll('\\\\', '\\') !== undefined));
    assert(
      property(
        string({ unit: 'grapheme-ascii' }),
        (text) => decode(escapeHtml(text)) === text.replaceAll('\\', '\\\\'),
      ),
    );
  });
});

it('escapeMermaid leaves nothing that ends a label or starts a statement', () => {
  assert(property(anyString, (text) => /^(?:[A-Za-z0-9 .,+_?=()-]|#\d+;)*$/.test(escapeMermaid(text))));
  expect(escapeMermaid('glibc-2.40 (0c0x)')).toBe('glibc-2.40 (0c0x)');
  expect(escapeMermaid('a"b#;')).toBe('a#34;b#35;#59;');
});
