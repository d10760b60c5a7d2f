import { connect } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll } from 'vitest';
import { DoublePhone } from './double-phone.js';
import { runScenarios } from './run.js';

let asterisk: TestAsterisk;

beforeAll(async () => {
  // Traces are compared with those of a real one, whose time cannot be hurried.
  asterisk = await startAsterisk({ clock: 'real', speed: process.env['CONFORMANCE_TRACES'] === undefined ? 10 : 1 });
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
    phone: () => Promise.resolve(new DoublePhone(asterisk)),
  }),
  connect,
);
