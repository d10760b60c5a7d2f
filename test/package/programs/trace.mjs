// asterisk-ari/trace: a call is recorded on the double, drawn, and played again to the same application.
import assert from 'node:assert/strict';
import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { callsOf, html, ladder, mermaid, parse, record, replay, stringify } from 'asterisk-ari/trace';

async function start() {
  const asterisk = await startAsterisk();
  const client = await connect(asterisk.url, asterisk.username, asterisk.password);
  client.channels.on('StasisStart', async (channel) => {
    await channel.answer();
    await channel.hangup();
  });
  await client.start('hello');
  const close = async () => {
    await client.close();
    await asterisk.close();
  };
  return { asterisk, client, close };
}

const first = await start();
const recorder = record({ clients: { hello: first.client } });
await first.asterisk.call({ to: 'stasis-hello', from: 'Ann <100>' }).ended();
await first.client.idle();
recorder.stop();
await first.close();

const trace = parse(stringify(recorder.entries));
assert.match(ladder(trace), /answer/);
assert.match(mermaid(trace), /^sequenceDiagram/);
assert.match(html(trace), /^<!doctype html>/);
assert.equal(callsOf(trace).length, 1);

const second = await start();
assert.equal(String(await replay(trace, second.asterisk)), 'as recorded');
await second.close();
