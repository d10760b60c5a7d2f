import type { Operation } from '../bindings.js';
import { refuse, type ParameterValue } from './parameters.js';

/** What Asterisk calls its formats of video, images and text. */
const notAudio = new Set('h261 h263 h263p h264 h265 mpeg4 vp8 vp9 jpeg png t38 red t140'.split(' '));

/**
 * Refuses what ends the whole of Asterisk, although each parameter by itself is right: a WebSocket channel of another
 * format than audio, alone or in a list (seen on 22.10.1).
 */
export function refuseFatal(operation: Operation, values: ReadonlyMap<string, ParameterValue>): void {
  const isWebSocket = values.get('transport') === 'websocket' || /^websocket\//i.test(textOf(values.get('endpoint')));
  if (isWebSocket) {
    for (const name of ['format', 'formats']) {
      const format = textOf(values.get(name))
        .split(',')
        .find((each) => notAudio.has(each.trim().toLowerCase()));
      if (format !== undefined) {
        throw refuse(operation, name, `must be of audio for a WebSocket channel, not '${format.trim()}'`);
      }
    }
  }
}

function textOf(value: ParameterValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
