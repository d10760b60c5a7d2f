import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secrets } from '../../src/diagnostics/redact.js';
import { cpuMs } from '../support/cpu.js';

const redactor = (username: string, password: string) => new Secrets(username, password).redact;

type Encode = (text: string) => string;

const bytes = (text: string, prefix: string, encoding: BufferEncoding = 'utf8'): string =>
  Array.from(Buffer.from(text, encoding), (byte) => prefix + byte.toString(16).padStart(2, '0')).join('');

const units = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

const markup: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  ä: '&auml;',
};

/** How a text looks after it went through something else. */
const encodings: Readonly<Record<string, Encode>> = {
  'as it is': (text) => text,
  'in JSON': (text) => JSON.stringify(text).slice(1, -1),
  'in JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  'in JSON for pages': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/').replaceAll('<', '\\u003C'),
  'in escapes of JSON': units,
  'in large escapes of JSON': (text) => units(text).replace(/[0-9a-f]{4}/g, (digits) => digits.toUpperCase()),
  'in a URL': encodeURIComponent,
  'in a form': (text) => new URLSearchParams({ text }).toString().slice(5),
  'in percents': (text) => bytes(text, '%'),
  'in large percents': (text) => bytes(text, '%').toUpperCase(),
  'in a URL in a URL': (text) => encodeURIComponent(encodeURIComponent(text)),
  'in HTML': (text) => text.replace(/[&<>"'ä]/g, (character) => markup[character] as string),
  'in HTML in HTML': (text) =>
    text.replace(/[&<>"'ä]/g, (character) => (markup[character] as string).replace('&', '&amp;')),
  'in decimal entities': (text) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join(''),
  'in hexadecimal entities': (text) =>
    Array.from(text, (character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(''),
  'in JSON in HTML': (text) => JSON.stringify(text).slice(1, -1).replaceAll('"', '&quot;').replaceAll('&', '&amp;'),
  'in bytes taken for Latin-1': (text) => Buffer.from(text).toString('latin1'),
};

/** Characters of passwords that are worth trying. */
const letter = fc.oneof(
  fc.constantFrom(...'abcXYZ019"\'\\/<>&%+ #?=:;,.-_{}[]()$^*|~`@!'),
  fc.constantFrom('ä', 'é', '€', '漢', '😀', '\t'),
);
const passwords = fc.array(letter, { minLength: 4, maxLength: 16 }).map((letters) => letters.join(''));

describe('a password', () => {
  it.each(Object.entries(encodings))('%s is hidden, and nothing else', (_name, encode) => {
    fc.assert(
      fc.property(passwords, (password) => {
        // Words in which no password can hide.
        expect(redactor('peter', password)(`§${encode(password)}§`)).toBe('§***§');
      }),
      { numRuns: 300 },
    );
  });

  it('is hidden in base64 of either kind, with and without its user', () => {
    fc.assert(
      fc.property(passwords, (password) => {
        const redact = redactor('peter', password);
        for (const text of [`peter:${password}`, password]) {
          for (const encoded of [Buffer.from(text).toString('base64'), Buffer.from(text).toString('base64url')]) {
            expect(redact(`§ ${encoded} §`)).toBe('§ *** §');
            expect(redact(`§ ${encodeURIComponent(encoded)} §`)).toBe('§ *** §');
          }
        }
      }),
    );
  });

  it('of which nothing is said leaves a text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('§'));
        expect(redactor('peter', '§§§§')(text)).toBe(text);
      }),
    );
  });

  it('too short to be told from words is hidden beside its user, and in base64', () => {
    const redact = redactor('ari', 'x');
    expect(redact('x of ari:x is YXJpOng= and YXJpOng')).toBe('x of *** is *** and ***');
    expect(redact('x of ari%3Ax')).toBe('x of ***');
  });

  it.each(['    ', '\t\t\t\t', ' \n '.repeat(3)])('of blanks alone is hidden, and nothing else: %j', (password) => {
    const redact = redactor('peter', password);
    expect(redact(`peter is §${password}§`)).toBe('peter is §***§');
    const secrets = new Secrets();
    secrets.keep([password.repeat(3)]);
    expect(secrets.redact('peter is here')).toBe('peter is here');
  });

  it('of blanks around a letter leaves that letter alone', () => {
    expect(redactor('peter', '   a   ')('a cat')).toBe('a cat');
  });

  it('takes no time to be found, whatever came', () => {
    const redact = redactor('peter', '\\\\ &%"<secret>ä\\\\');
    for (const piece of [
      '\\',
      '%25',
      '&amp;',
      '&',
      ' ',
      '\\u005c',
      'a.',
      'x://',
      'api_key',
      'peter',
      '%5c',
      '&#92;',
      'x://a:1/',
      'sip:',
      'sip:a:',
      'authorization:',
      'authorization: digest a=',
      'authorization: digest a="b", ',
    ]) {
      const text = `${piece.repeat(Math.ceil(65_536 / piece.length))}@`;
      expect([piece, cpuMs(() => redact(text)) < 1_000]).toEqual([piece, true]);
    }
  });
});

describe('a text', () => {
  const piece = '&amp;%2525\\u0025+&#37;41%255cu';

  it.each([
    [4_096, 150],
    [66_000, 400],
    [990_000, 400],
  ])('of %d characters that can be read in many ways stalls nobody', (length, ms) => {
    const redact = redactor('peter', 'secret-password');
    const text = piece.repeat(Math.ceil(length / piece.length));
    redact(text.slice(0, 1_000));
    expect(cpuMs(() => redact(text))).toBeLessThan(ms);
  });

  it('that can be read in more ways than there is time for is hidden whole, and so is the secret in it', () => {
    const redact = redactor('peter', 'secret-password');
    expect(redact(`${`${piece}${'a'.repeat(500)}`.repeat(20)} secret-password`)).toBe('***');
  });

  it('that is long and has escapes is cut, and no part of a secret is left at the end', () => {
    const redact = redactor('peter', 'secret-password');
    const before = `${'a'.repeat(65_532)}%73ecret-password`;
    expect(redact(`${before}${'b'.repeat(100_000)}`)).toBe(`${'a'.repeat(65_532)}***…`);
    expect(redact(`${'a'.repeat(300_000)} secret-password`)).toBe(`${'a'.repeat(300_000)} ***`);
    expect(redact(`${'a'.repeat(65_536)}+secret-password`)).toBe(`${'a'.repeat(65_536)}…`);
  });

  it('as long as an honest answer is shown whole, but for the secret', () => {
    const redact = redactor('peter', 'secret-password');
    const row = '{"url":"http:\\/\\/pbx\\/a%20b+c?d=e&amp;f=g","name":"\\u00e4 &lt;201&gt;"},';
    const text = row.repeat(300);
    expect(redact(`${text}secret%2Dpassword${text}`)).toBe(`${text}***${text}`);
  });
});

describe('credentials in a URL', () => {
  it.each([
    ['http://pbx/ari/events?api_key=ari:secret&app=a', 'http://pbx/ari/events?api_key=***&app=a'],
    ['?app=a&api_key=ari%3Asecret', '?app=a&api_key=***'],
    ['"api_key": "ari:secret", "app": "a"', '"api_key": "***", "app": "a"'],
    ['events?app=a&amp;api_key=ari:secret&amp;x', 'events?app=a&amp;api_key=***&amp;x'],
    ['https://ari:secret@pbx:8088/ari', 'https://***@pbx:8088/ari'],
    ['https://u:p@w3@h/x', 'https://***@h/x'],
    ['wss://u:p/w?3#4@h/x', 'wss://***@h/x'],
    ['"https://ari:a-long-passw…" and https://pbx…', '"https://***…" and https://pbx…'],
    ['nats://token@h:4222, nats://u:p@i', 'nats://***@h:4222, nats://***@i'],
    ['URL_ws://u:it\'s<">@h', 'URL_ws://***@h'],
    ['https://u:80808080/x@h', 'https://***@h'],
    ['http:\\/\\/u:p\\/w@h', 'http:\\/\\/***@h'],
    ['to=http%3A%2F%2Fu%3Apass%40w3%40h%2Fx', 'to=http%3A%2F%2F***%40h%2Fx'],
    ['{"url":"http://pbx:8088","to":"a@b"}', '{"url":"http://pbx:8088","to":"a@b"}'],
    ['http://pbx:8088/sounds/a@b and http://[::1]:8088/@a', 'http://pbx:8088/sounds/a@b and http://[::1]:8088/@a'],
    ["(?api_key=ari:it's,a)secret&app=a)", '(?api_key=***&app=a)'],
    ['"api_key":"ari:\\"secret\\"","app":"a"', '"api_key":"***","app":"a"'],
    ['{\\"api_key\\":\\"ari:secret\\"}', '{\\"api_key\\":\\"***\\"}'],
    ['ARI_API_KEY=ari:pw app', 'ARI_API_KEY=*** app'],
    ['?Api_Key=ari:pw&app=a', '?Api_Key=***&app=a'],
    ['<sip:alice:pw@pbx>, sips:bob:p;w@pbx:5061;x=y', '<sip:***@pbx>, sips:***@pbx:5061;x=y'],
    ['SIP:alice:50601@pbx', 'SIP:***@pbx'],
    ['sip%3Aalice%3Apw%40pbx', 'sip%3A***%40pbx'],
    ['sip:alice@pbx:5060;x=a:b@c', 'sip:alice@pbx:5060;x=a:b@c'],
    ['<sip:10.0.0.1:5060>,<sip:bob@pbx>', '<sip:10.0.0.1:5060>,<sip:bob@pbx>'],
    ['{"a":"sip:10.0.0.1:5060","b":"sip:alice","c":"d@e"}', '{"a":"sip:10.0.0.1:5060","b":"sip:alice","c":"d@e"}'],
    ['sip:[::1]:5060 PJSIP/a:b@c', 'sip:[::1]:5060 PJSIP/a:b@c'],
    ['Authorization: Basic YXJpOnB3, then', 'Authorization: Basic ***, then'],
    ['{"authorization":"Bearer abc.def"}', '{"authorization":"Bearer ***"}'],
    [
      'Proxy-Authorization: Digest username="a b", nonce=c,\n response="d"\r\nVia: x',
      'Proxy-Authorization: Digest ***Via: x',
    ],
    [
      '{\\"Authorization\\":\\"Digest username=\\\\\\"a\\\\\\", response=\\\\\\"d\\\\\\"\\"}',
      /^[^=]*Digest \*{3}[^ad]*$/,
    ],
    ['authorization: required, see authorization', 'authorization: required, see authorization'],
    ['mail to a@b.example, see https://b.example/@a', 'mail to a@b.example, see https://b.example/@a'],
  ])('%s: %s', (text, shown) => {
    const redacted = redactor('peter', 'another one')(text);
    if (typeof shown === 'string') expect(redacted).toBe(shown);
    else expect(redacted).toMatch(shown);
  });

  // In a text, a URL ends at a blank; and what is a port and a path is no password.
  const inUrl = passwords.filter((password) => !/\s|^\d{1,5}[/?#"]/.test(password));

  it.each(['http', 'wss', 'nats'])('of %s are hidden to the last letter, whatever the password', (scheme) => {
    fc.assert(
      fc.property(inUrl, (password) => {
        const redact = redactor('peter', 'another one');
        expect(redact(`at ${scheme}://u:${password}@h/x`)).toBe(`at ${scheme}://***@h/x`);
        const encoded = encodeURIComponent(`${scheme}://u:${password}@h/x`);
        expect(redact(`§${encoded}§`)).toBe(`§${encodeURIComponent(`${scheme}://`)}***%40h%2Fx§`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are hidden in a query to the last letter, whatever the password', () => {
    fc.assert(
      fc.property(passwords, (password) => {
        for (const value of [encodeURIComponent(password), new URLSearchParams({ p: password }).toString().slice(2)]) {
          const shown = redactor('peter', 'another one')(`?api_key=u:${value}&app=a`);
          expect(shown).toMatch(/^\?api_key=\*\*\*[^a-z0-9&]*&app=a$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what headers carry', () => {
  it('is hidden from eight characters on, with and without its scheme; of many, the latest', () => {
    const secrets = new Secrets('peter', 'password');
    secrets.keep(['acme', 'Bearer abcdefgh.ijklmnop', 'another secret']);
    expect(secrets.redact('acme: Bearer abcdefgh.ijklmnop, token abcdefgh.ijklmnop, another%20secret')).toBe(
      'acme: ***, token ***, ***',
    );
    for (let index = 0; index < 100; index += 1) {
      secrets.keep([`Bearer token-${index}-token`]);
    }
    expect(secrets.redact('token-99-token, token-90-token')).toBe('***, ***');
    expect(secrets.redact('password')).toBe('***');
  });
});

describe('a secret in a page of somebody else', () => {
  it.each([
    ['with entities that lack their semicolons', 'wrong password p&quotw&ltx&ampsecret'],
    ['with its accents apart', 'wrong password e\u0301clair-secret'],
    ['with its accents joined', 'wrong password \u00e9clair-secret'],
  ])('is hidden %s', (_, text) => {
    for (const password of ['p"w<x&secret', '\u00e9clair-secret', 'e\u0301clair-secret']) {
      const shown = redactor('ari', password)(text);
      if (shown !== text) expect(shown).toBe('wrong password ***');
    }
    const passwords = ['p"w<x&secret', '\u00e9clair-secret'];
    expect(passwords.some((password) => redactor('ari', password)(text) !== text)).toBe(true);
  });
});
