import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll } from 'vitest';
import { NatsServer } from '../../scripts/nats/index.js';
import { DoublePhone } from '../conformance/double-phone.js';
import { runScenarios } from '../conformance/run.js';
import { connectRelayed, isNotBehindRelays } from './support/relayed.js';

let nats: NatsServer;
let double: TestAsterisk;

beforeAll(async () => {
  nats = await NatsServer.start();
  double = await startAsterisk({ clock: 'real' });
});

afterAll(async () => {
  await double.close();
  await nats.stop();
});

const readOnly = { username: 'reader', password: 'reader-secret' };

runScenarios(
  'the double behind a relay',
  22,
  () => ({
    url: `${double.url}/`,
    username: double.username,
    password: double.password,
    readOnly,
    major: 22,
    phone: () => Promise.resolve(new DoublePhone(double)),
  }),
  connectRelayed(() => nats.url),
  isNotBehindRelays,
);
