import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { hello } from '../src/hello.js';

void test('a caller is greeted, hears the digit that was pressed, and goodbye after #', async () => {
  await using asterisk = await startAsterisk();
  const { url, username, password } = asterisk;
  await using client = await connect(url, username, password, { listenerErrors: 'throw' });
  hello(client);
  await client.start('hello');

  const caller = asterisk.call({ to: 'stasis-hello', from: 'Ann <100>' });
  await caller.hears('sound:hello-world');
  caller.press('7');
  await caller.hears('sound:digits/7');
  caller.press('#');
  await caller.ended();
  await client.idle({ timeoutMs: 5000 });

  assert.deepEqual(caller.heard, ['sound:hello-world', 'sound:digits/7', 'sound:goodbye']);
});
