import { describe, expect, test } from 'vitest';
import { CodegenError } from '../../../codegen/errors.js';
import { parseTypeRef } from '../../../codegen/parse/type-ref.js';

const MODELS = new Set(['Channel', 'FormatLangPair']);

const primitive = (name: string) => ({ kind: 'primitive', name });

describe('type strings', () => {
  test.each([
    ['void', primitive('void')],
    ['string', primitive('string')],
    ['boolean', primitive('boolean')],
    ['int', primitive('int')],
    ['long', primitive('long')],
    ['double', primitive('double')],
    ['float', primitive('double')],
    ['number', primitive('double')],
    ['Date', primitive('date')],
    ['binary', primitive('binary')],
    ['object', { kind: 'map', of: 'unknown' }],
    ['containers', { kind: 'map', of: 'unknown' }],
    ['Channel', { kind: 'model', name: 'Channel' }],
    ['List[string]', { kind: 'list', of: primitive('string') }],
    ['List[object]', { kind: 'list', of: { kind: 'map', of: 'unknown' } }],
    ['List[FormatLangPair]', { kind: 'list', of: { kind: 'model', name: 'FormatLangPair' } }],
    ['List[List[int]]', { kind: 'list', of: { kind: 'list', of: primitive('int') } }],
  ])('%s', (text, want) => {
    expect(parseTypeRef(text, MODELS)).toEqual(want);
  });

  test.each([
    ['strng', /unknown type 'strng' \(allowed: void, string, .*List\[…\], the name of a model\)/],
    ['', /unknown type ''/],
    ['string ', /unknown type 'string '/],
    ['List[]', /unknown type 'List\[\]'/],
    ['list[string]', /unknown type/],
    ['List[void]', /a list cannot hold 'void'/],
    ['Bridge', /no document defines the model 'Bridge'/],
    ['List[Bridge]', /no document defines the model 'Bridge'/],
    ['constructor', /unknown type 'constructor'/],
  ])('%j is refused', (text, message) => {
    expect(() => parseTypeRef(text, MODELS)).toThrow(message);
    expect(() => parseTypeRef(text, MODELS)).toThrow(CodegenError);
  });
});
