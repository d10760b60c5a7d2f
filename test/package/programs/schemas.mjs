// asterisk-ari/vN/schemas: zod schemas that let through what Asterisk sends and refuse what it does not.
import assert from 'node:assert/strict';

const [version = ''] = process.argv.slice(2);
const { schemas } = await import(`asterisk-ari/v${version}/schemas`);

const event = {
  type: 'PlaybackFinished',
  asterisk_id: '52:54:00:00:00:01',
  application: 'hello',
  timestamp: '2026-01-01T12:00:00.000+0000',
  playback: {
    id: '1',
    media_uri: 'sound:hello-world',
    target_uri: 'channel:1',
    language: 'en',
    state: 'done',
  },
};
assert.deepEqual(schemas.events.PlaybackFinished.parse(event), event);
const { error } = schemas.events.PlaybackFinished.safeParse({ ...event, playback: { ...event.playback, id: 1 } });
assert.deepEqual(error.issues[0].path, ['playback', 'id']);
assert.equal(schemas.answers['channels.list'].safeParse([{}]).success, false);
assert.deepEqual(schemas.models.Variable.parse({ value: 'a' }), { value: 'a' });
