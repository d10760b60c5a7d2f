import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let asterisk: TestAsterisk;
let warnings: string[];
const clients: AriClient[] = [];

beforeEach(async () => {
  asterisk = await startAsterisk();
  warnings = [];
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await asterisk.close();
});

async function newClient(): Promise<AriClient> {
  const nothing = (): void => undefined;
  const logger = { debug: nothing, info: nothing, error: nothing, warn: (line: string) => void warnings.push(line) };
  const client = await connect(asterisk.url, asterisk.username, asterisk.password, { logger });
  clients.push(client);
  return client;
}

const nothing = (): void => undefined;
const told = (): string[] => warnings.filter((line) => line.includes('cannot come'));
const inquiries = (app: string): number =>
  asterisk.journal.requestsTo({ method: 'GET', path: `/applications/${app}` }).length;

it('the log says once for each kind that what is listened to cannot come, and how it would', async () => {
  const client = await newClient();
  client.endpoints.on('EndpointStateChange', nothing);
  await client.start('hello');
  client.on('ContactStatusChange', nothing);
  await vi.waitFor(() => expect(told()).toHaveLength(1), 5_000);
  expect(told()[0]).toBe(
    'EndpointStateChange, ContactStatusChange cannot come: nothing is subscribed that sends it; ' +
      "applications.subscribe({ applicationName: 'hello', eventSource: 'endpoint:PJSIP/alice' }), " +
      'or start() with subscribeAll',
  );
  client.on('PeerStatusChange', nothing);
  client.deviceStates.on('DeviceStateChanged', nothing);
  await vi.waitFor(() => expect(told()).toHaveLength(2), 5_000);
  expect(told()[1]).toMatch(/^DeviceStateChanged cannot come: .*'deviceState:Stasis:lamp'/);
});

it('nothing is said where it can come, nor asked where nobody listens', async () => {
  const [subscribed, all, deaf] = [await newClient(), await newClient(), await newClient()];
  subscribed.endpoints.on('EndpointStateChange', nothing);
  await subscribed.start('subscribed');
  await subscribed.applications.subscribe({ applicationName: 'subscribed', eventSource: 'endpoint:PJSIP/alice' });
  all.endpoints.on('EndpointStateChange', nothing);
  await all.start('all', { subscribeAll: true });
  await deaf.start('deaf');
  await vi.waitFor(() => expect(inquiries('subscribed')).toBe(1), 5_000);
  expect(inquiries('deaf')).toBe(0);
  expect(told()).toEqual([]);
});
