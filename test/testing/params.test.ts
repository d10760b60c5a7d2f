import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindParams } from '../../src/testing/params/bind.js';
import { splitList } from '../../src/testing/params/split-list.js';
import { toBoolean, toInteger } from '../../src/testing/params/values.js';
import { decodeUri, parsePairs } from '../../src/testing/routing/uri.js';
import { patternExpression } from '../../src/testing/engine/dialplan/pattern.js';
import { parseCallerId } from '../../src/testing/engine/caller-id.js';

const operation = {
  httpMethod: 'POST',
  nickname: 'test',
  parameters: [
    { name: 'id', paramType: 'path', dataType: 'string' },
    { name: 'text', paramType: 'query', dataType: 'string' },
    { name: 'number', paramType: 'query', dataType: 'int' },
    { name: 'flag', paramType: 'query', dataType: 'boolean' },
    { name: 'listOfAll', paramType: 'query', dataType: 'string', allowMultiple: true },
  ],
};

function bind(query: string, body?: unknown) {
  return bindParams(operation, { path: new Map([['id', 'p']]), pairs: parsePairs(query), body });
}

describe('parameters', () => {
  it('come from the query, the last of one name', () => {
    const params = bind('text=a&text=b&number=12x&flag=Yes&listOfAll=a,b&listOfAll=c&unknown=1');
    expect(params.text('text')).toBe('b');
    expect(params.number('number')).toBe(12);
    expect(params.flag('flag')).toBe(true);
    expect(params.list('listOfAll')).toEqual(['c']);
  });

  it('come from the body before the query, except those of the path', () => {
    const params = bind('text=q&number=1', { text: 'b', number: 2, flag: true, listOfAll: ['a,b', 'c'], id: 'x' });
    expect(params.text('text')).toBe('b');
    expect(params.number('number')).toBe(2);
    expect(params.flag('flag')).toBe(true);
    expect(params.list('listOfAll')).toEqual(['a,b', 'c']);
    expect(params.text('id')).toBe('p');
  });

  it('are not converted in a body', () => {
    const params = bind('', { text: 7, number: '30', flag: 'true', listOfAll: 'a,b' });
    expect(params.text('text')).toBe('');
    expect(params.number('number')).toBe(0);
    expect(params.flag('flag')).toBe(false);
    expect(params.list('listOfAll')).toEqual(['a,b']);
  });

  it('are absent where they are not given', () => {
    const params = bind('');
    expect([params.text('text'), params.number('number'), params.flag('flag'), params.list('listOfAll')]).toEqual([
      '',
      0,
      false,
      [],
    ]);
    expect(params.has('text')).toBe(false);
    expect(bind('text').has('text')).toBe(true);
  });

  it('are refused when a list is too long, under the name that Asterisk has for it', () => {
    expect(() => bind(`listOfAll=${Array(128).fill('a').join(',')}`)).toThrow('Too many values for list_of_all');
    expect(bind(`listOfAll=${Array(127).fill('a').join(',')}`).list('listOfAll')).toHaveLength(127);
  });
});

describe('a list', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['a, b ', ['a', ' b ']],
    ['', ['']],
    ['a,', ['a', '']],
    ['"a,b",c', ['a,b', 'c']],
    [String.raw`a\,b,c`, ['a,b', 'c']],
    ['f(a,b),c', ['f(a,b)', 'c']],
    ['a"b"c', ['abc']],
    ['(a,b', ['(a,b']],
  ])('splits %j', (text, items) => {
    expect(splitList(text)).toEqual(items);
  });

  it('comes back as it was if nothing in it is special', () => {
    const plain = fc.string().map((text) => text.replaceAll(/["\\,()[\]]/g, ''));
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1 }), (items) => {
        expect(splitList(items.join(','))).toEqual(items);
      }),
    );
  });
});

describe('a URI', () => {
  it('comes back from encodeURIComponent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeUri(encodeURIComponent(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['a+b', 'a b'],
    ['a%2Bb', 'a+b'],
    ['%zz%4', '%zz%4'],
    ['%C3%A4', 'ä'],
  ])('decodes %j', (encoded, text) => {
    expect(decodeUri(encoded)).toBe(text);
  });

  it('has pairs with and without values', () => {
    expect(parsePairs('a=1&b&c=&d=x=y&&a=2')).toEqual([
      ['a', '1'],
      ['b', ''],
      ['c', ''],
      ['d', 'x=y'],
      ['a', '2'],
    ]);
  });
});

describe('values', () => {
  it.each([
    ['12', 12],
    [' -3', -3],
    ['4x', 4],
    ['x', 0],
    ['', 0],
  ])('reads %j as a number', (text, number) => {
    expect(toInteger(text)).toBe(number);
  });

  it.each(['yes', 'TRUE', 'y', 't', '1', 'On'])('takes %s for yes', (text) => {
    expect(toBoolean(text)).toBe(true);
  });

  it.each(['no', 'false', '', '2', 'ja'])('takes %j for no', (text) => {
    expect(toBoolean(text)).toBe(false);
  });
});

describe('a pattern of the dialplan', () => {
  it.each([
    ['hello', 'hello', true],
    ['hello', 'hello1', false],
    ['a.b', 'aXb', false],
    ['_stasis-.', 'stasis-a', true],
    ['_stasis-.', 'stasis-', false],
    ['_NXX', '234', true],
    ['_NXX', '134', false],
    ['_Z!', '1', true],
    ['_[1-3]X', '29', true],
    ['_[1-3]X', '49', false],
  ])('%s against %s: %s', (pattern, extension, fits) => {
    expect(patternExpression(pattern).test(extension)).toBe(fits);
  });
});

describe('a caller id', () => {
  it.each([
    ['Bob <123>', { name: 'Bob', number: '123' }],
    ['"Bob B" <(12) 3-4>', { name: 'Bob B', number: '1234' }],
    ['<123>', { name: '', number: '123' }],
    ['123', { name: '', number: '123' }],
    ['Bob', { name: 'Bob', number: '' }],
    ['Bob <bob@host>', { name: 'Bob', number: 'bob@host' }],
  ])('%s', (text, caller) => {
    expect(parseCallerId(text)).toEqual(caller);
  });
});
