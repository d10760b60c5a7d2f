import { connect, type NatsConnection } from '@nats-io/transport-node';
import { AriError, type Channel, type ConnectOptions } from 'asterisk-ari';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindings } from '../../generated/v22/bindings.js';
import { schemas } from '../../generated/v22/schemas/index.js';
import { corpusOf, eventsOf } from '../validation/support/corpus.js';
import { House } from './support/house.js';

type Fields = Record<string, unknown>;

/** What Asterisk 22 has sent, one of each type and a few more. */
const real = eventsOf(corpusOf('22'))
  .map(({ event }) => event as Fields)
  .filter(({ type }) => type !== 'RESTResponse' && type !== 'ApplicationReplaced');
const kinds = [...new Map(real.map((event) => [event['type'], event])).values()];

const odd = fc.constantFrom<unknown>(null, undefined, 5, true, '', 'x', [], {}, [null], { id: null }, { id: {} });

/** A real message with something else in one place, at whatever depth, or cut off. */
function mutant(messages: readonly Fields[]): fc.Arbitrary<string> {
  const changed = fc
    .tuple(fc.constantFrom(...messages), fc.nat(), fc.nat(), odd)
    .map(([message, first, second, value]) => JSON.stringify(changedAt(message, [first, second], value)));
  const cut = fc
    .tuple(fc.constantFrom(...messages), fc.nat(400))
    .map(([message, length]) => JSON.stringify(message).slice(0, length));
  return fc.oneof({ weight: 6, arbitrary: changed }, { weight: 1, arbitrary: cut });
}

function changedAt(message: Fields, [at = 0, ...deeper]: readonly number[], value: unknown): Fields {
  const names = Object.keys(message);
  const name = names[at % names.length] ?? 'x';
  const inner = message[name];
  const goesOn = deeper.length > 0 && typeof inner === 'object' && inner !== null && at % 2 === 0;
  return { ...message, [name]: goesOn ? changedAt(inner as Fields, deeper, value) : value };
}

/** Lines that are logged, of warnings and errors. */
function written(): { readonly lines: string[]; readonly logger: NonNullable<ConnectOptions['logger']> } {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  return { lines, logger: { debug: () => undefined, info: () => undefined, warn: write, error: write } };
}

/** A worker that hears everything, and what it was told. */
async function listening(house: House, validation: 'envelope' | 'full') {
  const { lines, logger } = written();
  const fleet = await house.worker({ logger, clientOptions: { validation } });
  const told = { events: [] as Fields[], ignored: 0, failures: [] as unknown[] };
  fleet.on('*', (event) => told.events.push(event as unknown as Fields));
  for (const notice of ['malformed', 'unknown'] as const) fleet.on(notice, () => (told.ignored += 1));
  fleet.on('invalid', ({ delivered }) => (told.ignored += delivered ? 0 : 1));
  fleet.on('listenerError', (failure) => told.failures.push(failure));
  const types = Object.keys(bindings.events) as 'StasisStart'[];
  for (const type of types) fleet.on(type, () => undefined);
  // Whoever is up gets what comes from then on.
  await expect.poll(() => fleet.node('a').client.state).toBe('open');
  await fleet.on('*', () => undefined).ready;
  return { fleet, lines, told };
}

/** Fails unless an event has what listeners are promised: its objects, and in full all that its schema says. */
function checkShape(event: Fields, validation: 'envelope' | 'full'): void {
  const type = event['type'] as string;
  for (const place of Object.keys(bindings.events[type] ?? {})) {
    const object = place.split('.').reduce<unknown>((at, name) => (at as Fields | null | undefined)?.[name], event);
    const mayBeEmpty = bindings.optional?.[type]?.includes(place);
    if (!(mayBeEmpty && object === undefined)) {
      expect(object, `${type}.${place}`).toEqual(expect.objectContaining({ toString: expect.any(Function) }));
      expect(JSON.stringify(object)).not.toMatch(/^(null|\[|"|\d|\{\})/);
    }
  }
  if (validation === 'full') {
    const schema = new Map(Object.entries<Schema>({ ...schemas.events })).get(type);
    schema?.parse(JSON.parse(JSON.stringify(event)));
  }
}

interface Schema {
  parse(data: unknown): unknown;
}

function readable(text: string): Fields {
  try {
    return (JSON.parse(text) as Fields | null) ?? {};
  } catch {
    return {};
  }
}

async function publisher(house: House): Promise<NatsConnection> {
  const nats = await connect({ servers: house.nats.url });
  house.ends(() => nats.close());
  return nats;
}

describe('an event on NATS that is not as Asterisk sends it', () => {
  it.each(['envelope', 'full'] as const)('is told, and reaches no listener, with validation %s', async (validation) => {
    await using house = await House.open();
    await house.relay(await house.asterisk('a'));
    const { told, lines } = await listening(house, validation);
    const nats = await publisher(house);
    let sent = 0;
    const property = fc.asyncProperty(fc.array(mutant(kinds), { minLength: 20, maxLength: 60 }), async (frames) => {
      const before = told.events.length;
      for (const frame of frames) nats.publish('ari.v1.event.a.ivr.other', frame);
      sent += frames.length;
      await expect.poll(() => told.events.length + told.ignored).toBe(sent);
      for (const event of told.events.slice(before)) checkShape(event, validation);
    });
    await fc.assert(property, { numRuns: 40 });
    expect(told.failures).toEqual([]);
    expect(lines.filter((line) => line.includes('could not be dealt with'))).toEqual([]);
    expect(told.ignored).toBeGreaterThan(100);
  });

  it('throws nothing inside where the application has it delivered all the same', async () => {
    await using house = await House.open();
    await house.relay(await house.asterisk('a'));
    const fleet = await house.worker({ clientOptions: { whenInvalid: 'deliver' } });
    const failures: unknown[] = [];
    const heard: unknown[] = [];
    fleet.on('listenerError', (failure) => failures.push(failure));
    fleet.on('EndpointStateChange', () => undefined);
    fleet.on(['StasisStart', 'StasisEnd', 'ChannelDestroyed'], (event) => heard.push(event.channel));
    const nats = await publisher(house);
    for (const type of ['StasisStart', 'StasisEnd', 'ChannelDestroyed']) {
      nats.publish('ari.v1.event.a.ivr.other', JSON.stringify({ type, channel: null }));
    }
    await expect.poll(() => heard).toEqual([null, null, null]);
    expect(failures).toEqual([]);
    for (const none of heard) expect(() => fleet.isAdopted(none as Channel)).toThrow(AriError);
    expect(fleet.calls).toBe(0);
  });
});

describe('a message between relays and workers that is not as it should be', () => {
  it('is answered or told, and calls go on', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const { lines, logger } = written();
    await house.relay(asterisk, { logger });
    const nats = await publisher(house);
    const { fleet, lines: workerLines, told } = await listening(house, 'envelope');
    const seen = new Map<string, Fields>();
    const watch = nats.subscribe('ari.v1.>', {
      callback: (_, { subject, data }) =>
        void (data.length > 0 && seen.set(subject, JSON.parse(data.toString()) as Fields)),
    });
    await nats.flush();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    await nats.flush();
    watch.unsubscribe();

    const ask = async (subject: string, text: string): Promise<Fields> =>
      (await nats.request(`ari.v1.${subject}`, text, { timeout: 5_000 })).json();
    const unlike = (message: Fields | undefined, isSound: (fields: Fields) => boolean) =>
      mutant([message ?? {}]).filter((text) => !isSound(readable(text)));
    const request = seen.get('ari.v1.request.a');
    const offer = seen.get('ari.v1.offer.ivr');
    expect([request?.['type'], offer?.['type']]).toEqual(['RESTRequest', 'StasisStart']);
    const isOffer = ({ type, application, timestamp, channel }: Fields): boolean =>
      type === 'StasisStart' &&
      [application, timestamp, (channel as Fields | null | undefined)?.['id']].every(
        (each) => typeof each === 'string',
      );
    const options = { numRuns: 100 };
    await fc.assert(
      fc.asyncProperty(mutant([request ?? {}]), async (text) => {
        expect((await ask('request.a', text))['type']).toMatch(/^(RelayFailure|RESTResponse)$/);
      }),
      options,
    );
    await fc.assert(
      fc.asyncProperty(unlike(offer, isOffer), async (text) => {
        workerLines.length = 0;
        expect(await ask('offer.ivr', text)).toEqual({ worker: fleet.id, takes: false });
        expect(workerLines).toEqual([expect.stringContaining('is no StasisStart was declined')]);
      }),
      options,
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', 'x', '5', 'null', '[]', '{"worker":5}', '{"channels":{}}'), async (text) => {
        expect(await ask('ping.a', text)).toMatchObject({ node: 'a', others: [] });
        expect(await ask(`worker.${fleet.id}`, text)).toEqual({ worker: fleet.id, calls: 1 });
      }),
      options,
    );
    lines.length = 0;
    workerLines.length = 0;
    for (const text of ['', '5', '{}', '{"node":null}', '{"node":"a","instance":5}']) {
      nats.publish('ari.v1.announce', text);
      nats.publish('ari.v1.muster', text);
    }
    nats.publish('ari.v1.roll', 'x');
    await expect.poll(() => workerLines.length).toBe(9);
    await expect.poll(() => lines.length).toBe(5);
    expect([...lines, ...workerLines].filter((line) => !line.includes('was ignored'))).toEqual([]);
    await asterisk.call({ to: 'stasis-ivr', from: '200' }).answered();
    expect(fleet.calls).toBe(2);
    expect(told.failures).toEqual([]);
  });
});

describe('a request that is no well-formed text', () => {
  it.each([
    ['half of a surrogate pair in its path', { uri: 'channels/\ud800' }],
    ['NUL in its path', { uri: 'channels/\u0000' }],
    ['half of a surrogate pair in its query', { uri: 'channels?app=\udc00' }],
    ['half of a surrogate pair in its list', { query_strings: [{ name: 'a', value: '\udfff' }] }],
    ['half of a surrogate pair in its body', { method: 'POST', message_body: '{"a":"\ud800"}' }],
  ])('is refused at once: %s', async (_, wrong) => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const request = JSON.stringify({ type: 'RESTRequest', method: 'GET', uri: 'channels', ...wrong });
    // Sooner than a request that is sent and not answered fails.
    const answer = (await nats.request('ari.v1.request.a', request, { timeout: 2_000 })).json();
    expect(answer).toMatchObject({ type: 'RelayFailure', delivery: 'notSent' });
    expect(answer).toHaveProperty('reason', expect.stringMatching(/^this is no request: .*(well-formed|malformed)/));
  });
});
