import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../codegen/parse/json.js';
import { syntaxErrorOffset } from '../../../codegen/parse/json-syntax.js';

describe('malformed JSON', () => {
  test.each([
    ['{"a": 1,\n "b": x}', 'a.json:2:7: malformed JSON: unexpected "x"'],
    ['{"a": 1,}', 'a.json:1:9: malformed JSON: unexpected "}"'],
    ['[1, 2', 'a.json:1:6: malformed JSON: unexpected end of the file'],
    ['', 'a.json:1:1: malformed JSON: unexpected end of the file'],
    ['{"a" 1}', 'a.json:1:6: malformed JSON: unexpected "1"'],
    ['{"a": "b\n"}', 'a.json:1:9: malformed JSON: unexpected "\\n"'],
    ['{"a": "\\x"}', 'a.json:1:8: malformed JSON: unexpected "\\\\"'],
    ['{} trailing', 'a.json:1:4: malformed JSON: unexpected "t"'],
    ['[01]', 'a.json:1:3: malformed JSON: unexpected "1"'],
    ['<html></html>', 'a.json:1:1: malformed JSON: unexpected "<"'],
  ])('%j', (text, message) => {
    expect(() => parseJson('a.json', text)).toThrow(message);
  });

  test('a byte order mark is none', () => {
    expect(parseJson('a.json', '\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  test('the scanner finds no fault in any JSON', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        expect(syntaxErrorOffset(text)).toBe(text.length);
      }),
    );
  });

  test('what is before the fault could have been the beginning of something right', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('}', ']', ',', ':', '"', 'x', '\u0001'), (text, at, char) => {
        const broken = text.slice(0, at % (text.length + 1)) + char + text.slice(at % (text.length + 1));
        fc.pre(!isJson(broken));
        const offset = syntaxErrorOffset(broken);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(broken.length);
        // a shorter text ends too early at most: the first fault stays the first
        expect(syntaxErrorOffset(broken.slice(0, offset))).toBe(offset);
      }),
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
