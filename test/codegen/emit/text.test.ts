import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines } from '../../../codegen/emit/line-breaks.js';
import { Code, literal } from '../../../codegen/emit/literal.js';
import { camelCase, constantName, freeName, propertyName, quote } from '../../../codegen/emit/names.js';
import { compareReleases } from '../../../codegen/emit/releases.js';
import { layout } from '../../../codegen/emit/union-layout.js';
import { enumerate, plural, title, withArticle, words } from '../../../codegen/emit/words.js';

/** What a piece of TypeScript without types means. */
// oxlint-disable-next-line typescript/no-implied-eval -- that is the point of the test
const evaluate = (text: string): unknown => new Function(`return ${text}`)();

describe('names', () => {
  it.each([
    ['delete', 'delete_'],
    ['default', 'default_'],
    ['answer', 'answer'],
  ])('the constant for %s is %s', (given, want) => {
    expect(constantName(given)).toBe(want);
  });

  it('get underscores until they are free', () => {
    expect(freeName('on', new Set(['on', 'on_']))).toBe('on__');
  });

  it('are quoted where they must be', () => {
    expect([propertyName('plain'), propertyName('a-b'), propertyName("it's")]).toEqual(['plain', "'a-b'", "'it\\'s'"]);
    expect(camelCase('device_state')).toBe('deviceState');
  });

  it('hide nothing when quoted', () => {
    expect(quote('a\u202eb\u009b\ud800\u2028')).toBe(String.raw`'a\u202eb\u009b\ud800\u2028'`);
  });

  it('keep their meaning when quoted', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => evaluate(quote(text)) === text));
    const odd = fc.string({ unit: fc.constantFrom('\\', "'", '"', '\n', 'a') });
    fc.assert(fc.property(odd, (text) => evaluate(quote(text)) === text && !/[^']\\\\'$/.test(quote(text))));
  });
});

describe('words', () => {
  it.each([
    ['continueInDialplan', 'continue in dialplan'],
    ['sendDTMF', 'send DTMF'],
    ['originateWithId', 'originate with id'],
    ['setChannelVars', 'set channel variables'],
    ['startMoh', 'start music on hold'],
    ['rtpStatistics', 'RTP statistics'],
    ['RTPstat', 'RTP statistics'],
    ['RESTResponse', 'REST response'],
    ['LiveRecording', 'live recording'],
    ['caller_rdnis', 'caller RDNIS'],
    ['constructor', 'constructor'],
    ['toString', 'to string'],
    ['__proto__', 'proto'],
    ['creationtime', 'creation time'],
  ])('of %s are %s', (given, want) => {
    expect(words(given)).toBe(want);
  });

  it('make sentences', () => {
    expect(title('ringStop')).toBe('Ring stop');
    expect([withArticle('endpoint'), withArticle('channel')]).toEqual(['an endpoint', 'a channel']);
    expect(['mailbox', 'endpoint', 'reply', 'day'].map(plural)).toEqual(['mailboxes', 'endpoints', 'replies', 'days']);
    expect([enumerate([]), enumerate(['a']), enumerate(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a, b or c']);
  });
});

describe('a literal', () => {
  it('stays on a line where it fits, and is broken where it does not', () => {
    expect(literal({ a: 1, b: ['x'], c: undefined })).toBe("{ a: 1, b: ['x'] }");
    expect(literal({ a: [] }, 0, 0, true)).toBe('{\n  a: [],\n}');
    expect(literal({ a: ['x'.repeat(60), 'y'.repeat(60)] })).toBe(
      `{\n  a: [\n    '${'x'.repeat(60)}',\n    '${'y'.repeat(60)}',\n  ],\n}`,
    );
    expect(literal({ class: new Code('Channel') })).toBe('{ class: Channel }');
  });

  it('means what it was made of', () => {
    const member = fc.stringMatching(/^[\w -]{0,20}$/).filter((name) => name !== '__proto__');
    const values = fc.letrec((tie) => ({
      value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), tie('list'), tie('record')),
      list: fc.array(tie('value'), { maxLength: 5 }),
      record: fc.dictionary(member, tie('value'), { maxKeys: 5, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(values.record, fc.boolean(), (value, open) => {
        expect(evaluate(`(${literal(value, 0, 0, open)})`)).toEqual(value);
      }),
    );
  });
});

describe('long lines', () => {
  it('of imports and signatures are broken', () => {
    const names = Array.from({ length: 12 }, (_, index) => `LongishName${index}`);
    expect(breakLines(`import type { ${names.join(', ')} } from './x.js';`)).toBe(
      `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from './x.js';`,
    );
    const params = `Omit<${'Params'.repeat(15)}, 'id'>`;
    expect(breakLines(`  play(params?: ${params}, options?: RequestOptions): Promise<void> {`)).toBe(
      `  play(\n    params?: ${params},\n    options?: RequestOptions,\n  ): Promise<void> {`,
    );
  });

  it('of comments stay, blanks at the end go', () => {
    const long = `   * ${'x'.repeat(130)}`;
    expect(breakLines(`${long}  \nshort \n`)).toBe(`${long}\nshort\n`);
  });

  it('of unions get one member each', () => {
    expect(layout("'a' | 'b'", 20)).toBe("'a' | 'b'");
    const odd = `'a|b\\'|' | readonly ('x' | 'y')[] | Record<string, 'p' | 'q'>`;
    expect(layout(odd, 100)).toBe(`\n| 'a|b\\'|'\n| readonly ('x' | 'y')[]\n| Record<string, 'p' | 'q'>`);
  });
});

it('releases are ordered by their numbers', () => {
  const releases = ['22.3.0', '20.13.0', '20.9.0', '12.0.0', '12.0'];
  expect(releases.toSorted(compareReleases)).toEqual(['12.0', '12.0.0', '20.9.0', '20.13.0', '22.3.0']);
});
