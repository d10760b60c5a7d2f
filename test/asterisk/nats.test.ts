import { afterAll, beforeAll } from 'vitest';
import { NatsServer } from '../../scripts/nats/index.js';
import { runScenarios } from '../conformance/run.js';
import { connectRelayed, isNotBehindRelays, mostlyWaits } from '../nats/support/relayed.js';
import { realAsterisk, serverOf } from './real.js';

const asterisk = realAsterisk('22');
let nats: NatsServer;

beforeAll(async () => {
  nats = await NatsServer.start();
});

afterAll(() => nats.stop());

runScenarios(
  'Asterisk 22 behind a relay',
  22,
  () => serverOf(asterisk()),
  connectRelayed(() => nats.url),
  // Waiting is the same through a relay; test/nats plays these, too, on the double.
  (scenario) => isNotBehindRelays(scenario) || mostlyWaits(scenario),
);
