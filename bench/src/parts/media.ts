import { measure } from '../measure.js';
import type { MediaInput } from '../tasks/media.js';
import { startMediaDouble, startMediaPeer } from '../server/start.js';
import type { Part } from './part.js';

const carriers: readonly MediaInput['carrier'][] = ['ws', 'asterisk-ari'];

const peers = [
  // A minute: the bar is what one minute shows.
  { peer: 'synthetic', scenario: '200 sockets', start: startMediaPeer, ms: 60_000 },
  // The telephones of the double keep all that they hear.
  { peer: 'double', scenario: '200 sockets, of the double', start: startMediaDouble, ms: 20_000 },
] as const;

/** What comes before and after the audio may take so long, in milliseconds. */
const aroundMs = 60_000;

export const media: Part = {
  name: 'media',
  title: 'Media sockets of one process that send every frame back, slin16, a frame every 20 ms',
  roundsFactor: 0.2,
  variants: ({ quick }) =>
    peers.flatMap(({ peer, scenario, start, ms: usualMs }) =>
      carriers.map((carrier) => ({
        scenario,
        subject: carrier,
        async measure() {
          const { target, stop } = await start();
          const ms = quick ? 5_000 : usualMs;
          try {
            const input = { url: target.url, peer, carrier, sockets: 200, ms };
            return await measure('ws + JSON.parse', 'media', input, ms + aroundMs);
          } finally {
            await stop();
          }
        },
      })),
    ),
};
