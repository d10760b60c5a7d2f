// asterisk-ari/media: audio to and from a channel of the double.
import assert from 'node:assert/strict';
import { connect } from 'asterisk-ari';
import { openMedia } from 'asterisk-ari/media';
import { startAsterisk } from 'asterisk-ari/testing';

const asterisk = await startAsterisk();
const client = await connect(asterisk.url, asterisk.username, asterisk.password);
await client.start('bot');

const media = await openMedia(client, { app: 'bot', format: 'slin16' });
assert.equal(media.info.format, 'slin16');
assert.deepEqual(await media.play(Buffer.alloc(6_400)), { outcome: 'played', playedMs: 200 });
await media.close();

await client.close();
await asterisk.close();
