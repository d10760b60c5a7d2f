import { request } from 'node:http';
import type { Mix } from '../server/frames.js';

/**
 * Has the synthetic server send events; resolves when it has written all of them.
 * @param perSecond as fast as they are read if left out
 */
export function sendEvents(url: string, app: string, mix: Mix, count: number, perSecond = Infinity): Promise<void> {
  const query = new URLSearchParams({
    app,
    mix: JSON.stringify(mix),
    count: String(count),
    perSecond: String(perSecond),
  });
  return new Promise((resolve, reject) => {
    const sent = request(new URL(`bench/send?${query}`, url), (response) => {
      response.resume();
      response.on('end', resolve);
    });
    sent.on('error', reject);
    sent.end();
  });
}
