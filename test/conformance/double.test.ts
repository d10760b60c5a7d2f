import { connect } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll } from 'vitest';
import { runScenarios } from './run.js';

let asterisk: TestAsterisk;

beforeAll(async () => {
  asterisk = await startAsterisk({ clock: 'real', speed: 10 });
});

afterAll(() => asterisk.close());

runScenarios(
  'the double',
  22,
  () => ({
    url: `${asterisk.url}/`,
    username: asterisk.username,
    password: asterisk.password,
    readOnly: { username: 'reader', password: 'reader-secret' },
    major: 22,
  }),
  connect,
);
