import { expect } from 'vitest';
import { expectRefusal } from '../../expectations.js';
import type { Scenario } from '../../world.js';

export const sounds: readonly Scenario[] = [
  {
    area: 'sounds',
    name: 'sounds are listed and described by id',
    async run({ client }) {
      const all = await client.sounds.list({ lang: 'en' });
      expect(all.map(({ id }) => id)).toContain('hello-world');
      const sound = await client.sounds.get({ soundId: 'digits/1' });
      expect(sound.formats).toContainEqual({ language: 'en', format: 'gsm' });
      // The second one is known from examples, and comes with no Asterisk.
      for (const soundId of ['no-such-sound', 'asterisk-friend']) {
        await expectRefusal(client.sounds.get({ soundId }), 404, 'Sound not found');
      }
    },
  },
  {
    area: 'sounds',
    name: 'a list of sounds that would be empty is refused',
    async run({ client }) {
      const message = 'No sounds found that matched the query';
      await expectRefusal(client.sounds.list({ lang: 'no-such-language' }), 404, message);
      await expectRefusal(client.sounds.list({ format: 'no-such-format' }), 404, message);
    },
  },
];
