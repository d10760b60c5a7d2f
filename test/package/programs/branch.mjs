// asterisk-ari/vN: the bindings of a branch, with an Asterisk of it, everything that comes checked with its schemas.
import assert from 'node:assert/strict';
import { startAsterisk } from 'asterisk-ari/testing';

const [version = ''] = process.argv.slice(2);
const { AriClient, connect, release } = await import(`asterisk-ari/v${version}`);
assert.equal(release.split('.')[0], version);

const asterisk = await startAsterisk({ version });
const { url, username, password } = asterisk;
const client = await connect(url, username, password, { validation: 'full' });
assert.ok(client instanceof AriClient);
assert.equal(client.asteriskVersion, release);
client.on('invalid', ({ issues }) => assert.fail(JSON.stringify(issues)));

await client.start('hello');
const started = client.waitFor('StasisStart', { timeoutMs: 5000 });
const caller = asterisk.call({ to: 'stasis-hello' });
const { channel } = await started;
assert.equal(channel.id, caller.channelId);
assert.deepEqual(
  (await client.channels.list()).map(({ id }) => id),
  [channel.id],
);
await channel.hangup();
await caller.ended();
await client.close();
await asterisk.close();
