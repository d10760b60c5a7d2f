import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from 'asterisk-ari/runtime';
import type { PxField } from '../../src/nats/px/fields.js';
import { plainData } from '../../src/nats/px/client/plain-data.js';
import type { PxKind } from '../../src/nats/px/kind.js';
import { readPxRequest } from '../../src/nats/px/messages.js';
import { kindOf, pxKinds } from '../../src/nats/px/table.js';
import { thingOf } from '../../src/nats/px/things.js';
import { ariRequest, paramsOf, PxRefusal } from '../../src/nats/px/to-ari.js';
import { translate } from '../../src/nats/px/to-px.js';
import type { AriRequest } from '../../src/rest/request.js';
import { operations } from '../support/operations.js';

const place = { app: 'ivr', node: 'n' };

/** The kinds of ari-proxy 5.3.1, by what they are about. */
const all = {
  Application: 'Data Get List Subscribe Unsubscribe',
  AsteriskConfig: 'Data Delete Update',
  AsteriskLogging: 'Create Data Delete Get List Rotate',
  AsteriskModule: 'Data Get Load List Reload Unload',
  Asterisk: 'Info VariableGet VariableSet',
  Bridge:
    'AddChannel Create StageCreate Data Delete Get List MOH StopMOH Play StagePlay Record StageRecord RemoveChannel ' +
    'Subscribe Unsubscribe VideoSource VideoSourceDelete',
  Channel:
    'Answer Busy Congestion Create Continue Data Dial Get Hangup Hold List MOH Mute Originate StageOriginate Play ' +
    'StagePlay Record StageRecord Ring SendDTMF Silence Snoop StageSnoop ExternalMedia StageExternalMedia StopHold ' +
    'StopMOH StopRing StopSilence Subscribe Unmute VariableGet VariableSet UserEvent',
  DeviceState: 'Data Delete Get List Update',
  Endpoint: 'Data Get List ListByTech',
  Mailbox: 'Data Delete Get List Update',
  Playback: 'Control Data Get Stop Subscribe',
  RecordingStored: 'Copy Data Delete Get List',
  RecordingLive: 'Data Get Mute Pause Resume Scrap Subscribe Stop Unmute',
  Sound: 'Data List',
};

/** Operations that do not go through ari-proxy, besides that for a file: as docs/nats-px.md has them. */
const missing = Object.entries({
  applications: 'filter',
  asterisk: 'ping',
  bridges: 'getBridgeVar getBridgeVars setBridgeVar setBridgeVars',
  channels: 'getChannelVars move progress redirect rtpStatistics setChannelVars transferProgress',
  endpoints: 'refer referToEndpoint sendMessage sendMessageToEndpoint',
  events: 'claimChannel',
}).flatMap(([repository, names]) => names.split(' ').map((each) => `${repository}.${each}`));

/** Kinds that a client of ours sends, with the operation whose path they have. */
const sent = pxKinds
  .filter(({ isServedOnly }) => !isServedOnly)
  .map((kind) => [kind, operations.find((each) => `${each.method} ${each.path}` === kind.call) as Operation] as const);

describe('the table of ari-proxy’s kinds', () => {
  it('has every kind that there is, each once', () => {
    const names = Object.entries(all).flatMap(([about, kinds]) => kinds.split(' ').map((each) => `${about}${each}`));
    expect(pxKinds.map(({ kind }) => kind).sort()).toEqual(names.sort());
  });

  it('leaves out those operations that ari-proxy lacks', () => {
    const lacking = operations.filter(({ method, path }) => kindOf(method, path) === undefined);
    expect(lacking.map(({ name }) => name).sort()).toEqual(missing.sort());
  });

  it.each(sent.map(([kind, operation]) => [kind.kind, kind, operation] as const))(
    'has for %s parameters that there are',
    (_name, kind, operation) => {
      expect(operation.name.replace('WithId', '')).toBe(kind.operation);
      const key = kind.thing === undefined || kind.kind === 'ChannelUserEvent' ? [] : thingOf(kind.thing).params;
      const known = [...key, ...Object.values(kind.fields ?? {}).map(({ param }) => param), ...(kind.spares ?? [])];
      expect(Object.keys(operation.params)).toEqual(expect.arrayContaining(known));
      for (const { param, overlooked } of Object.values(kind.fields ?? {})) {
        expect(overlooked && operation.params[param]?.required).toBeFalsy();
      }
      for (const [param, { required }] of Object.entries(operation.params)) {
        if (required) expect([...known, ...(kind.app ?? '').split(' '), 'source']).toContain(param);
      }
      expect(kind.blocking).toBe(operation.blocking);
    },
  );

  it.each(sent.map(([kind, operation]) => [kind.kind, kind, operation] as const))(
    'says with %s what was asked, no more and no less',
    (_name, kind, operation) => {
      fc.assert(
        fc.property(requests(kind, operation), (request) => {
          const { messages } = translate(request, place);
          expect(messages).toHaveLength(1);
          const read = readPxRequest(JSON.parse(JSON.stringify(messages[0])));
          if (typeof read === 'string') throw new Error(read);
          const again = ariRequest(kind, paramsOf(kind, read, 'ivr')) as AriRequest;
          expect(again.path).toBe(request.path);
          expect(Object.fromEntries(new URLSearchParams(again.query))).toEqual(
            Object.fromEntries(new URLSearchParams(request.query)),
          );
          expect(bodyOf(again)).toEqual(bodyOf(request));
        }),
        { numRuns: 50 },
      );
    },
  );

  it('refuses whatever else a message may be, and does nothing worse', () => {
    const members = [...new Set(pxKinds.flatMap(({ member }) => member ?? []))];
    const values = fc.oneof(
      fc.json().map((text) => JSON.parse(text) as unknown),
      fc.constant({}),
      fc.constant(null),
    );
    const message = fc.record({
      kind: fc.constantFrom(...pxKinds.map(({ kind }) => kind), '', 'toString', '__proto__'),
      key: fc.oneof(values, fc.record({ kind: fc.string(), id: fc.string(), dialog: fc.string() })),
      ...Object.fromEntries(
        members.map((member) => [member, fc.oneof(values, fc.record({ options: values, filters: values }))]),
      ),
    });
    fc.assert(
      fc.property(message, (given) => {
        const read = readPxRequest(given);
        const kind = typeof read === 'string' ? undefined : pxKinds.find((each) => each.kind === read.kind);
        if (typeof read !== 'string' && kind !== undefined) {
          try {
            ariRequest(kind, paramsOf(kind, read, 'ivr'));
          } catch (error) {
            expect(error).toBeInstanceOf(PxRefusal);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('data that Go has written', () => {
  it('has neither null nor keys nor empty things afterwards, and is the same a second time', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        const plain = plainData(data);
        expect(plainData(plain)).toEqual(plain);
        expect(Object.values(plain)).not.toContain(null);
        expect(plain).not.toHaveProperty('key');
      }),
    );
  });

  it('keeps what is the user’s own as it is', () => {
    const userevent = { eventname: 'x', key: null, nested: { id: '', key: 1 } };
    const channelvars = { key: 'a', dialog: 'b' };
    expect(
      plainData({ type: 'ChannelUserevent', key: { kind: 'x' }, userevent, channel: { id: 'c', channelvars } }),
    ).toEqual({
      type: 'ChannelUserevent',
      userevent,
      channel: { id: 'c', channelvars },
    });
  });

  it('has callers and dialplans whole where Go leaves out what is empty', () => {
    expect(plainData({ channel: { id: 'c', caller: {}, connected: { name: 'A' }, dialplan: { exten: 's' } } })).toEqual(
      {
        channel: {
          id: 'c',
          caller: { name: '', number: '' },
          connected: { name: 'A', number: '' },
          dialplan: { context: '', exten: 's', priority: 0 },
        },
      },
    );
  });
});

/** Requests as a client makes them, with any of the values that a kind can say. */
function requests(kind: PxKind, operation: Operation): fc.Arbitrary<AriRequest> {
  const id = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((text) => text !== '.' && text !== '..' && !text.includes('/'));
  const isUserEvent = kind.kind === 'ChannelUserEvent';
  const inKey = kind.thing === undefined || isUserEvent ? [] : thingOf(kind.thing).params;
  const fields = Object.values(kind.fields ?? {}).filter(({ overlooked }) => !overlooked);
  const isNeeded = (param: string): boolean =>
    operation.path.includes(`{${param}}`) || (operation.params[param]?.required ?? false);
  const needed = fields.filter(
    ({ param, missing: word }) =>
      isNeeded(param) || word !== undefined || (kind.answer.is === 'made' && kind.answer.id === param),
  );
  const given = fc.record(
    {
      ...Object.fromEntries(inKey.map((param) => [param, id])),
      ...Object.fromEntries(
        fields.map((field) => [
          field.param,
          operation.path.includes(`{${field.param}}`) ? id : valuesOf(field, operation),
        ]),
      ),
      ...(isUserEvent && { source: id.map((text) => [`channel:${text}`]), application: fc.constant('ivr') }),
      ...(kind.app !== undefined && !isUserEvent && { [kind.app]: fc.constantFrom('ivr', 'other') }),
    },
    {
      requiredKeys: [
        ...inKey,
        ...needed.map(({ param }) => param),
        ...(kind.app === undefined ? [] : [kind.app]),
        ...Object.keys(kind.defaults ?? {}),
        ...(isUserEvent ? ['source'] : []),
      ] as never[],
    },
  ) as fc.Arbitrary<Record<string, unknown>>;
  return given.map((values) => requestOf(operation, values));
}

function valuesOf(field: PxField, { params }: Operation): fc.Arbitrary<unknown> {
  const { type, list } = params[field.param] ?? {};
  const text = fc.string({ minLength: 1 }).filter((each) => !each.includes(','));
  if (type === 'boolean') return fc.constant(true);
  if (type === 'int') return fc.integer({ min: 1, max: 2_147_483 });
  if (type !== 'object') return list ? text.map((each) => [each]) : text;
  return list
    ? fc.array(fc.record({ attribute: fc.string(), value: fc.string() }))
    : fc.dictionary(fc.stringMatching(/^[A-Z]+$/), fc.string(), { minKeys: 1 });
}

function requestOf(operation: Operation, values: Record<string, unknown>): AriRequest {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const rest = Object.entries(values).filter(([name]) => !operation.path.includes(`{${name}}`));
  const hasBody = operation.method === 'POST' || operation.method === 'PUT';
  return {
    operation,
    path,
    query: hasBody ? '' : new URLSearchParams(rest as [string, string][]).toString(),
    body: hasBody ? JSON.stringify(Object.fromEntries(rest)) : undefined,
  };
}

function bodyOf({ body }: AriRequest): unknown {
  return JSON.parse(body ?? '{}');
}
