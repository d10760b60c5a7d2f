// asterisk-ari: requests over HTTP and over the event connection, a file, an error.
import assert from 'node:assert/strict';
import { connect, NotFoundError, release } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';

const greeting = Buffer.from('RIFF....WAVE');
const asterisk = await startAsterisk({ recordings: { greeting } });
const client = await connect(asterisk.url, asterisk.username, asterisk.password);
assert.equal(client.asteriskVersion, release);
assert.deepEqual(await client.channels.list(), []);

await client.start('hello');
const bridge = await client.bridges.create({ type: 'mixing' });
assert.equal((await bridge.get()).bridge_type, 'mixing');
await assert.rejects(client.channels.get({ channelId: 'nobody' }), NotFoundError);

const file = await client.recordings.getStoredFile({ recordingName: 'greeting' });
assert.deepEqual(await file.buffer(), greeting);

await client.close();
await asterisk.close();
