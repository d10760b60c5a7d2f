// asterisk-ari/runtime: what generated bindings stand on, here under bindings written by hand.
import assert from 'node:assert/strict';
import { BaseClient, connectClient, ListenableRepository, ObjectHandle } from 'asterisk-ari/runtime';
import { startAsterisk } from 'asterisk-ari/testing';

class Channel extends ObjectHandle {
  constructor(client, { id }) {
    super(client, 'Channel', [id]);
    this.id = id;
  }
}

class Channels extends ListenableRepository {
  list() {
    const returns = { kind: 'object', object: 'Channel', list: true };
    return this.invoke({ name: 'channels.list', method: 'GET', path: '/channels', params: {}, returns });
  }
}

const bindings = {
  release: '22.10.1',
  objects: { Channel: { keys: ['id'], field: 'channel', scheme: 'channel', class: Channel } },
  events: { StasisStart: { channel: 'Channel' } },
};

class Client extends BaseClient {
  constructor(options) {
    super(bindings, options);
    this.channels = new Channels(this.core, 'Channel');
  }
}

const asterisk = await startAsterisk();
const client = await connectClient(Client, [asterisk.url, asterisk.username, asterisk.password]);
await client.start('hello');
const started = new Promise((resolve) => client.channels.on('StasisStart', (channel) => resolve(channel)));
const caller = asterisk.call({ to: 'stasis-hello' });
const channel = await started;
assert.ok(channel instanceof Channel);
assert.equal(channel.id, caller.channelId);
assert.deepEqual(
  (await client.channels.list()).map(({ id }) => id),
  [channel.id],
);
await client.close();
await asterisk.close();
