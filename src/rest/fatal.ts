import type { Operation } from '../contract/operation.js';
import type { ParameterValue } from './parameters.js';
import { refuse } from './refuse.js';

/** What Asterisk calls its formats of video, images and text. */
const notAudio = new Set('h261 h263 h263p h264 h265 mpeg4 vp8 vp9 jpeg png t38 red t140'.split(' '));

const formatParameters = ['format', 'formats'] as const;

/** How the control messages of a media WebSocket may be written. */
const controlFormats = new Set(['json', 'plain-text']);

/**
 * Refuses what ends the whole of Asterisk, although each parameter by itself is right: a WebSocket channel of another
 * format than audio, alone or in a list, or with control messages in a format that does not exist (seen on 22.10.1).
 */
export function refuseFatal(operation: Operation, values: ReadonlyMap<string, ParameterValue>): void {
  refuseFormats(operation, values);
  refuseControlFormat(operation, values);
}

function refuseFormats(operation: Operation, values: ReadonlyMap<string, ParameterValue>): void {
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

function refuseControlFormat(operation: Operation, values: ReadonlyMap<string, ParameterValue>): void {
  for (const name of ['transport_data', 'endpoint']) {
    for (const [, letter, argument = ''] of dialOptions(values, name).matchAll(/([a-z])(?:\(([^)]*)\))?/gi)) {
      if (letter === 'f' && !controlFormats.has(argument.toLowerCase())) {
        throw refuse(operation, name, `must have f(json) or f(plain-text) for a WebSocket channel, not f(${argument})`);
      }
    }
  }
}

/** The options of a WebSocket channel that a parameter has; empty if it has none. */
function dialOptions(values: ReadonlyMap<string, ParameterValue>, name: string): string {
  const value = values.get(name);
  if (typeof value !== 'string' || !opensWebSocket(values)) {
    return '';
  }
  return name === 'endpoint' ? value.split('/').slice(2).join('/') : value;
}

function opensWebSocket(values: ReadonlyMap<string, ParameterValue>): boolean {
  const endpoint = values.get('endpoint');
  return values.get('transport') === 'websocket' || (typeof endpoint === 'string' && /^websocket\//i.test(endpoint));
}
