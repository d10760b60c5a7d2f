import { AriHttpError, NotFoundError, UnsupportedOperationError } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { patience, type Scenario } from '../../world.js';

export const requests: readonly Scenario[] = [
  {
    area: 'requests',
    name: 'what the bindings may not know is asked for by its route, and answered with its JSON, or nothing',
    async run(world) {
      const { client } = world;
      expect(await client.request('GET /asterisk/ping')).toMatchObject({ ping: 'pong' });
      const channel = await enterStasis(world);
      expect(await client.request('POST /channels/{channelId}/answer', { channelId: channel })).toBeUndefined();
      const value = 'a, "b" & c';
      const set = channel.waitFor('ChannelVarset', { ...patience, where: ({ variable }) => variable === 'RAW' });
      await client.request('POST /channels/{channelId}/variable', {
        channelId: channel.id,
        variable: 'RAW',
        value,
      });
      // 16 answers before it has done so.
      await set;
      const read = client.request('GET /channels/{channelId}/variable', { channelId: channel.id, variable: 'RAW' });
      expect(await read).toEqual({ value });
      const ended = channel.waitFor('StasisEnd', patience);
      await client.request('DELETE /channels/{channelId}', { channelId: channel, reason: 'busy' });
      await ended;
    },
  },
  {
    area: 'requests',
    name: 'a route that Asterisk does not have, and an object that there is not, are errors of their own',
    async run({ client }) {
      const strange = client.request('POST /channels/{channelId}/frobnicate', { channelId: 'a/b', depth: 3 });
      await expect(strange).rejects.toThrow(UnsupportedOperationError);
      await expect(strange).rejects.toThrow(/^POST \/channels\/\{channelId\}\/frobnicate is not offered by Asterisk /);
      const missing = client.request('GET /channels/{channelId}', { channelId: 'none' });
      await expect(missing).rejects.toThrow(NotFoundError);
      await expect(missing).rejects.toMatchObject({ status: 404, what: 'channel', path: '/channels/none' });
      await expect(client.request('POST /channels/{channelId}/play', { channelId: 'none' })).rejects.toThrow(
        AriHttpError,
      );
    },
  },
];
