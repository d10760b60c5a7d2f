import { connect } from 'asterisk-ari';
import { afterAll, beforeAll } from 'vitest';
import { runScenarios } from '../conformance/run.js';
import { realAsterisk } from './real.js';

let server: Awaited<ReturnType<typeof realAsterisk>>;

beforeAll(async () => {
  server = await realAsterisk('22');
});

afterAll(() => server?.stop());

runScenarios('Asterisk 22', 22, () => server, connect);
