import { describe, expect, it } from 'vitest';
import { code, comment, docs, firstSentence, foreign } from '../../../codegen/emit/docs.js';

describe('a comment', () => {
  it('of one line stays on it, of more begins on the next', () => {
    expect(docs(['One.'])).toEqual(['One.']);
    expect(docs(['One.', undefined, ' ', 'Two.'])).toEqual(['\nOne.\n\nTwo.']);
    expect(docs(['One.'], ['@since 12'])).toEqual(['\nOne.\n\n@since 12']);
    expect(docs([undefined])).toEqual([]);
  });

  it('as text has its stars', () => {
    expect(comment(['One.'])).toBe('/** One. */\n');
    expect(comment(['One.', 'Two.'])).toBe('/**\n * One.\n *\n * Two.\n */\n');
    expect(comment([undefined])).toBe('');
  });

  it('is never ended by its text', () => {
    expect(docs(['a */ b', '`*/`'])).toEqual(['\na *\\/ b\n\n`*\\/`']);
  });

  it('breaks long lines, but no link and no code', () => {
    const words = 'word '.repeat(20);
    const [text = ''] = docs([`${words}{@link Some Long Name} \`a b c d e f g\` ${words}`]);
    const lines = text.trim().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(text).toContain('{@link Some Long Name}');
    expect(text).toContain('`a b c d e f g`');
  });
});

describe('text of the documents', () => {
  it.each([
    ['@deprecated now', '\\@deprecated now'],
    ['see @this', 'see \\@this'],
    ['{@link X}', '{\\@link X}'],
    ['mail nobody@example.com', 'mail nobody@example.com'],
    ['a\u200b@internal\u0085@internal\u2028@internal', 'a \\@internal \\@internal \\@internal'],
    ['\v@x\t@x\u00a0@x\ufeff@x', '\\@x \\@x \\@x \\@x'],
    ['red \u001b[31m, \u202eright to left\u202c, half \ud800', 'red [31m, right to left , half'],
    ['half a `quote', "half a 'quote"],
    ['a `whole` one', 'a `whole` one'],
    ['  two   blanks\r\n  and a line ', 'two blanks\nand a line'],
  ])('%j becomes %j', (given, want) => {
    expect(foreign(given)).toBe(want);
  });

  it('gives its first sentence', () => {
    expect(firstSentence('The first. The second.')).toBe('The first.');
    expect(firstSentence('A heading\nand text')).toBe('A heading');
    expect(firstSentence('Version 1.2 of it')).toBe('Version 1.2 of it');
    expect(firstSentence(undefined)).toBeUndefined();
  });
});

it.each([
  ['plain', '`plain`'],
  [30, '`30`'],
  ['', "`''`"],
  ['a`b', '`` a`b ``'],
  ['a\nb', '`a b`'],
  ['a` @internal {@link x}', '`` a` \\@internal {\\@link x} ``'],
  ['\u001b[0m', '`\\u001b[0m`'],
])('the value %j in code quotes is %s', (given, want) => {
  expect(code(given)).toBe(want);
});
