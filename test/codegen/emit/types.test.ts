import { describe, expect, it } from 'vitest';
import { Imports } from '../../../codegen/emit/imports.js';
import { Scope } from '../../../codegen/emit/scope.js';
import { parameterText, propertyText, responseText } from '../../../codegen/emit/types.js';
import type { Parameter, Property, TypeRef } from '../../../codegen/model/types.js';
import {
  apiModel,
  data,
  domainObject,
  int,
  list,
  model,
  nothing,
  parameter,
  property,
  string,
} from './fixtures/build.js';

const scope = new Scope(
  apiModel({
    models: [data('Channel', [property('id')]), data('Peer', []), data('ReferTo', [], { holdsObjects: true })],
    objects: [
      domainObject('Channel', 'channels', { sourceScheme: 'channel' }),
      domainObject('Bridge', 'bridges', { sourceScheme: 'bridge' }),
    ],
  }),
);

function context(holding: 'data' | 'objects') {
  return { scope, imports: new Imports('here.ts'), holding, where: 'model Test' };
}

describe('the type of a property', () => {
  const cases: [given: Partial<Property>, data: string, objects?: string][] = [
    [{}, 'string'],
    [{ type: int }, 'number'],
    [{ type: { kind: 'primitive', name: 'long' } }, 'number'],
    [{ type: { kind: 'primitive', name: 'double' } }, 'number'],
    [{ type: { kind: 'primitive', name: 'boolean' } }, 'boolean'],
    [{ type: { kind: 'primitive', name: 'date' } }, 'string'],
    [{ nullable: true }, 'string | null'],
    [{ alsoNumber: true }, 'string | number'],
    [{ alsoNumber: true, nullable: true }, 'string | number | null'],
    [{ values: ['Up', 'Down'] }, "'Up' | 'Down' | (string & {})"],
    [{ values: [] }, 'string'],
    [{ values: ['Up'], nullable: true }, "'Up' | (string & {}) | null"],
    [{ type: int, values: ['1', '2'] }, '1 | 2 | (number & {})'],
    [{ type: list(string) }, 'readonly string[]'],
    [{ type: list(string), values: ['a'] }, "readonly ('a' | (string & {}))[]"],
    [{ type: { kind: 'map', of: 'string' } }, 'Readonly<Record<string, string>>'],
    [{ type: { kind: 'map', of: 'unknown' } }, 'Readonly<Record<string, unknown>>'],
    [{ type: list({ kind: 'map', of: 'unknown' }) }, 'readonly Readonly<Record<string, unknown>>[]'],
    [{ type: model('Peer') }, 'Peer'],
    [{ type: model('Channel') }, 'ChannelData', 'Channel'],
    [{ type: list(model('Channel')) }, 'readonly ChannelData[]', 'readonly ChannelData[]'],
    [{ type: model('ReferTo') }, 'EventData<ReferTo>', 'ReferTo'],
    [{ type: list(model('ReferTo')) }, 'readonly EventData<ReferTo>[]', 'readonly EventData<ReferTo>[]'],
  ];

  it.each(cases)('%j is %s', (given, asData, asObjects = asData) => {
    expect(propertyText(property('p', given), context('data'))).toBe(asData);
    expect(propertyText(property('p', given), context('objects'))).toBe(asObjects);
  });

  it('is refused where values are listed for what is no simple type', () => {
    const given = property('p', { type: model('Peer'), values: ['a'] });
    expect(() => propertyText(given, context('data'))).toThrow(/^model Test: allowed values for a model/);
  });

  it('is refused where it refers to a model that is not there', () => {
    expect(() => propertyText(property('p', { type: model('Nobody') }), context('data'))).toThrow(
      "model Test: no model 'Nobody' (allowed: Channel, Peer, ReferTo)",
    );
  });
});

describe('the type of a parameter', () => {
  const cases: [given: Partial<Parameter>, want: string][] = [
    [{}, 'string'],
    [{ list: true }, 'string | readonly string[]'],
    [{ type: int, list: true }, 'number | readonly number[]'],
    [{ allowed: { kind: 'list', values: ['in', 'out'] } }, "'in' | 'out'"],
    [{ allowed: { kind: 'list', values: [] } }, 'string'],
    [{ allowed: { kind: 'list', values: ['in', 'out'] }, list: true }, "'in' | 'out' | readonly ('in' | 'out')[]"],
    [{ type: int, allowed: { kind: 'list', values: ['1', 'x'] } }, "1 | 'x'"],
    [{ type: int, allowed: { kind: 'range', min: 0 } }, 'number'],
    [{ type: { kind: 'primitive', name: 'boolean' }, allowed: { kind: 'list', values: ['true'] } }, 'true'],
    [{ accepts: 'Channel' }, 'string | ChannelHandle'],
    [{ accepts: 'Channel', list: true }, 'string | ChannelHandle | readonly (string | ChannelHandle)[]'],
    [{ accepts: 'source' }, 'string | ChannelHandle | BridgeHandle'],
    [{ type: list(model('Peer')) }, 'readonly Peer[]'],
    [{ type: { kind: 'map', of: 'variable' } }, 'Readonly<Record<string, VariableValue>>'],
  ];

  it.each(cases)('%j is %s', (given, want) => {
    expect(parameterText(parameter('p', given), context('data'))).toBe(want);
  });

  it('is refused where it accepts an object that is not there', () => {
    expect(() => parameterText(parameter('p', { accepts: 'Sound' }), context('data'))).toThrow(
      "model Test: no domain object 'Sound' (allowed: Channel, Bridge)",
    );
  });
});

describe('the type of an answer', () => {
  const cases: [given: TypeRef, want: string][] = [
    [nothing, 'void'],
    [{ kind: 'primitive', name: 'binary' }, 'StoredFile'],
    [model('Channel'), 'Channel'],
    [list(model('Channel')), 'Channel[]'],
    [model('Peer'), 'Peer'],
    [list(model('Peer')), 'Peer[]'],
    [model('ReferTo'), 'EventData<ReferTo>'],
    [list({ kind: 'map', of: 'string' }), 'Readonly<Record<string, string>>[]'],
  ];

  it.each(cases)('%j is %s', (given, want) => {
    expect(responseText(given, context('objects'))).toBe(want);
  });
});
