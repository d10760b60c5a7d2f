import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../src/rest/server-message.js';
import { cpuMs } from '../support/cpu.js';

const asItIs = (text: string): string => text;

function textOf(html: string): string {
  return messageOf(html, 'text/html', asItIs);
}

describe('what an error answer says', () => {
  it.each([
    ['{"message":"Channel not found"}', 'application/json', 'Channel not found'],
    ['{"error":"Bad"}', 'application/json', 'Bad'],
    ['{"message":"not declared"}', '', 'not declared'],
    ['{"message":"two\\nlines"}', 'application/json', 'two lines'],
    ['{"message":5}', 'application/json', ''],
    ['{"message":null,"error":"Bad"}', 'application/json', 'Bad'],
    ['{}', 'application/json', ''],
    ['{"message":"half', 'application/json', '{"message":"half'],
    ['', 'application/json', ''],
    ['plain words', 'text/plain', 'plain words'],
    [
      '<html><head><title>404</title></head><body><h1>Not Found</h1>\n<p>Gone</p></body>',
      'text/html',
      'Not Found Gone',
    ],
    ['<script>var a = "<p>";</script><style>p > a {}</style>words', 'text/html', 'words'],
    ['<SCRIPT>x</SCRIPT>Words<!-- no > words -->', 'text/html', 'Words'],
    ['<title>never ends', 'text/html', 'never ends'],
    ['1 < 2, and 3', 'text/plain', '1 < 2, and 3'],
    [
      'you can&#39;t &amp; you won&#x27;t &lt;here&gt; &unknown; &#1114112;',
      'text/html',
      "you can't & you won't <here> &unknown; &#1114112;",
    ],
    ['red \u001b[31malert\u0007', 'text/plain', 'red [31malert'],
    ['İ<b>x</b>', 'text/html', 'İ x'],
  ])('%j as %s: %j', (text, type, message) => {
    expect(messageOf(text, type, asItIs)).toBe(message);
  });

  it('is cut, as JSON and as text', () => {
    expect(messageOf(JSON.stringify({ message: 'a'.repeat(5_000_000) }), 'application/json', asItIs)).toHaveLength(
      1_001,
    );
    expect(textOf('word '.repeat(100_000))).toHaveLength(1_001);
  });

  it('takes no time, whatever came', () => {
    const pieces = [
      '<',
      '<title',
      '<title>',
      '<!--',
      '</title',
      '<script>',
      '<a ',
      '>',
      '&',
      '&#',
      ' ',
      '\\',
      '<style><script>',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(200_000 / piece.length));
      expect([piece, cpuMs(() => textOf(text)) < 500]).toEqual([piece, true]);
    }
  });

  it('is words between tags, whatever tags there are', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9äß.,!?]{1,10}$/);
    const tag = fc.constantFrom(
      '<p>',
      '</p>',
      '<br/>',
      '<a href="x">',
      '<!-- no -->',
      '<title>no</title>',
      '<style>no{}</style>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, tag), { maxLength: 30 }), (parts) => {
        const words = parts.filter((part) => !part.startsWith('<'));
        expect(textOf(parts.join(' '))).toBe(words.join(' '));
      }),
    );
  });

  it('never fails, is never long and never on two lines', () => {
    const nasty = fc.array(
      fc.constantFrom('<', '>', '<!--', '-->', '<title>', '</title>', '&lt;', '&#0;', '\n', 'x', '{"'),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      nasty.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('text/html', 'application/json', ''), (answer, type) => {
        const message = messageOf(answer, type, asItIs);
        expect(message.length).toBeLessThanOrEqual(1_001);
        // oxlint-disable-next-line no-control-regex -- what must not be there
        expect(message).not.toMatch(/[\u0000-\u001f]/);
      }),
    );
  });
});
