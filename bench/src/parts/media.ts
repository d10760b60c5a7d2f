import { measure } from '../measure.js';
import type { MediaInput } from '../tasks/media.js';
import { startMediaPeer } from '../server/start.js';
import type { Part } from './part.js';

const carriers: readonly MediaInput['carrier'][] = ['ws', 'asterisk-ari'];

/** What comes before and after the audio may take so long, in milliseconds. */
const aroundMs = 30_000;

export const media: Part = {
  name: 'media',
  title: 'Media sockets of one process that send every frame back, slin16, a frame every 20 ms',
  // A minute each: the bar is what one minute shows.
  roundsFactor: 0.2,
  variants: ({ quick }) =>
    carriers.map((carrier) => ({
      scenario: '200 sockets',
      subject: carrier,
      async measure() {
        const peer = await startMediaPeer();
        const ms = quick ? 5_000 : 60_000;
        try {
          const input = { url: peer.target.url, carrier, sockets: 200, ms };
          return await measure('ws + JSON.parse', 'media', input, ms + aroundMs);
        } finally {
          await peer.stop();
        }
      },
    })),
};
