// asterisk-ari/testing: a call on the double, of every branch that is named.
import assert from 'node:assert/strict';
import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';

const branches = process.argv.slice(2);
assert.notEqual(branches.length, 0);
const patience = { timeoutMs: 5000 };
for (const version of branches) {
  const asterisk = await startAsterisk({ version });
  const client = await connect(asterisk.url, asterisk.username, asterisk.password);
  assert.equal(client.asteriskVersion.split('.')[0], version);
  await client.start('hello');

  const started = client.waitFor('StasisStart', patience);
  const caller = asterisk.call({ to: 'stasis-hello', from: 'Ann <100>' });
  const { channel } = await started;
  assert.equal(channel.caller.number, '100');
  await channel.answer();
  await channel.play({ media: 'sound:hello-world' });
  await caller.hears('sound:hello-world');
  const pressed = channel.waitFor('ChannelDtmfReceived', patience);
  caller.press('#');
  assert.equal((await pressed).digit, '#');
  await channel.hangup();
  await caller.ended();

  await client.close();
  await asterisk.close();
}
