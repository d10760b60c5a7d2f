import { AriConnectionError, ForbiddenError, UnauthorizedError } from 'asterisk-ari';
import { expect } from 'vitest';
import type { Scenario } from '../../world.js';

export const connecting: readonly Scenario[] = [
  {
    area: 'connect',
    name: 'a wrong password is said to be wrong, and is not repeated',
    async run({ connect, server }) {
      const error = await connect({ password: 'not-the-password' }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UnauthorizedError);
      expect(String(error)).toContain(server.username);
      expect(JSON.stringify(error) + String(error)).not.toContain('not-the-password');
    },
  },
  {
    area: 'connect',
    name: 'a server that is not there is said to be missing',
    async run({ connect }) {
      const error = await connect({ url: 'http://127.0.0.1:9/' }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AriConnectionError);
      expect(error).toMatchObject({ delivery: 'notSent' });
      expect(String(error)).toContain('http://127.0.0.1:9/');
    },
  },
  {
    area: 'connect',
    name: 'a server without ARI at the URL is told from one that refuses',
    async run({ connect, server }) {
      await expect(connect({ url: `${server.url}elsewhere/` })).rejects.toThrow(/has no ARI/);
    },
  },
  {
    area: 'connect',
    name: 'a user that may only read may not write',
    async run({ connect, server }) {
      const reader = await connect(server.readOnly);
      await reader.channels.list();
      const error = await reader.bridges.create({ type: 'mixing' }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ForbiddenError);
      expect(error).toMatchObject({ serverMessage: 'Write access denied' });
    },
  },
];
