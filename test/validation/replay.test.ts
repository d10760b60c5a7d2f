import { describe, expect, it } from 'vitest';
import { AriClient as V22, type AriEvent } from '../../src/index.js';
import { corpusOf, corpora, eventsOf } from './support/corpus.js';
import { fedClient } from './support/client.js';

describe.each(['none', 'envelope', 'full'] as const)('with validation %s', (validation) => {
  it('every event that 22 sent reaches its listeners, and is written back as it came', async () => {
    const { client, invalid, failures } = await fedClient({ validation });
    const heard: AriEvent[] = [];
    client.on('*', (event) => heard.push(event));
    const sent = eventsOf(corpusOf('22')).map(({ event }) => event);
    for (const event of sent) {
      client.dispatch(event);
    }
    expect(heard.map((event) => JSON.stringify(event))).toEqual(sent.map((event) => JSON.stringify(event)));
    expect(invalid).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('every object in them is heard of by who listens to it', async () => {
    const { client, failures } = await fedClient({ validation });
    const expected = new Map<string, number>();
    const heard = new Map<string, number>();
    for (const { event } of eventsOf(corpusOf('22'))) {
      const { id } = (event['channel'] ?? {}) as { id?: string };
      if (id !== undefined && event.type !== 'ChannelDestroyed') {
        const key = `${event.type} ${id}`;
        if (!expected.has(key)) {
          client.channels.handle(id).on(event.type as 'StasisStart', () => heard.set(key, (heard.get(key) ?? 0) + 1));
        }
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
    }
    for (const { event } of eventsOf(corpusOf('22'))) {
      if (event.type !== 'ChannelDestroyed') {
        client.dispatch(event);
      }
    }
    expect(expected.size).toBeGreaterThan(30);
    for (const [key, count] of expected) {
      expect(heard.get(key) ?? 0, key).toBeGreaterThanOrEqual(count);
    }
    expect(failures).toEqual([]);
  });
});

it('what an Asterisk 16 sent is delivered by the bindings of 22 too', () => {
  expect(corpora.map(({ release }) => release)).toContain('16.28.0');
  const client = new V22({ url: 'http://localhost:1/', username: 'me', password: 'secret' });
  const heard: string[] = [];
  const invalid: unknown[] = [];
  client.on('*', (event) => heard.push(JSON.stringify(event)));
  client.on('invalid', (message) => invalid.push(message));
  const sent = eventsOf(corpusOf('16')).map(({ event }) => event);
  for (const event of sent) {
    client.dispatch(event);
  }
  expect(heard).toEqual(sent.map((event) => JSON.stringify(event)));
  expect(invalid).toEqual([]);
});
