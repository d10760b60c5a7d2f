import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, it } from 'vitest';
import type { RequestMessage } from 'asterisk-ari';
import { House } from './support/house.js';

/** Notes what is published on a channel of Node's until the test is over. */
function published<T>(house: House, name: string): T[] {
  const messages: T[] = [];
  const note = (message: unknown): void => void messages.push({ ...(message as T & object) });
  subscribe(name, note);
  house.ends(async () => void unsubscribe(name, note));
  return messages;
}

it('what a relay asks of Asterisk and hears from it is published where a client publishes it, by the requests’ paths', async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  const ends = published<RequestMessage>(house, 'asterisk-ari:request:end');
  const events = published<{ event: string }>(house, 'asterisk-ari:event');
  await house.relay(asterisk);
  const fleet = await house.worker();
  fleet.on('StasisStart', ({ channel }) => channel.answer());
  const phone = asterisk.call({ to: 'stasis-ivr' });
  await phone.answered();
  const server = new URL(asterisk.url).host;
  const path = `/channels/${phone.channelId}/answer`;
  const answer = { operation: 'POST /channels/{id}/answer', method: 'POST', path, server, attempts: 1, status: 204 };
  await expect.poll(() => ends.filter((end) => end.server === server)).toContainEqual(expect.objectContaining(answer));
  // The worker tells of the same request, by its name.
  await expect.poll(() => ends.map(({ operation }) => operation)).toContain('channels.answer');
  expect(events.filter(({ event }) => event.includes('"StasisStart"'))).toHaveLength(2);
});

it('what a worker asks of a node is published with the node’s id as its server', async () => {
  await using house = await House.open();
  await house.relay(await house.asterisk('02:fc:00:00:00:01'));
  const ends = published<RequestMessage>(house, 'asterisk-ari:request:end');
  const fleet = await house.worker();
  await fleet.node('02:fc:00:00:00:01').client.channels.list();
  const listed = ends.find(({ operation }) => operation === 'channels.list');
  expect(listed?.server).toBe('node-02-fc-00-00-00-01.nats');
});
