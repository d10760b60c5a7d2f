import type { Operation } from '../contract/operation.js';
import type { ParameterValue } from './parameters.js';
import { refuse } from './refuse.js';

/** What Asterisk calls its formats of video, images and text. */
const notAudio = new Set('h261 h263 h263p h264 h265 mpeg4 vp8 vp9 jpeg png t38 red t140'.split(' '));

const formatParameters = ['format', 'formats'] as const;

/**
 * Refuses what ends the whole of Asterisk, although each parameter by itself is right: a WebSocket channel of another
 * format than audio, alone or in a list (seen on 22.10.1).
 */
export function refuseFatal(operation: Operation, values: ReadonlyMap<string, ParameterValue>): void {
  for (const name of formatParameters) {
    const formats = values.get(name);
    if (typeof formats === 'string' && opensWebSocket(values)) {
      const format = formats.split(',').find((each) => notAudio.has(each.trim().toLowerCase()));
      if (format !== undefined) {
        throw refuse(operation, name, `must be of audio for a WebSocket channel, not '${format.trim()}'`);
      }
    }
  }
}

function opensWebSocket(values: ReadonlyMap<string, ParameterValue>): boolean {
  const endpoint = values.get('endpoint');
  return values.get('transport') === 'websocket' || (typeof endpoint === 'string' && /^websocket\//i.test(endpoint));
}
