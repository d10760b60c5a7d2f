import { FatalRequest } from '../../http/failure.js';

/** What Asterisk calls its formats of video, images and text. */
const NOT_AUDIO = new Set('h261 h263 h263p h264 h265 mpeg4 vp8 vp9 jpeg png t38 red t140'.split(' '));

/** Refuses a WebSocket channel of another format than audio, or with control messages in a format that there is not. */
export function refuseFatalWebSocket(resource: string, formats: string): void {
  const format = formats.split(',').find((name) => NOT_AUDIO.has(name.trim().toLowerCase()));
  if (format !== undefined) throw new FatalRequest(`a WebSocket channel carries no '${format.trim()}'`);
  const options = resource.split('/').slice(1).join('/');
  for (const [, letter = '', argument = ''] of options.matchAll(/([a-z])(?:\(([^)]*)\))?/gi)) {
    if (letter === 'f' && !/^(json|plain-text)$/i.test(argument)) {
      throw new FatalRequest(`there is no format '${argument}' of control messages`);
    }
  }
}
