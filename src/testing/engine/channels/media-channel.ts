import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';
import { type FarEnd, NOWHERE } from './far-end.js';
import { frameSize } from './frame-size.js';

/** The side of a channel that carries media to another program, which is there at once. */
class MediaEnd implements FarEnd {
  readonly #engine: Engine;
  channel: Channel | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  canDial(): boolean {
    return true;
  }

  dial(): void {
    this.#engine.soon(() => this.channel?.dial?.receive('answer'));
  }

  signal(): void {}
  digit(): void {}
  hear(): void {}
  hearEnd(): void {}
  hungUp(): void {}
}

/** What is particular to a technology. */
interface MediaTechnology {
  /** The name of a new channel; `undefined` if there cannot be one. */
  name(resource: string, unique: string): string | undefined;
  /** Variables that it has from the beginning: where the other program finds it. */
  variables(engine: Engine, resource: string, formats: readonly string[]): Record<string, string>;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const TECHNOLOGIES: Readonly<Record<string, MediaTechnology>> = {
  UnicastRTP: {
    name: (resource, unique) => `UnicastRTP/${resource.split('/')[0]}-${unique}`,
    variables: () => ({ UNICASTRTP_LOCAL_ADDRESS: '127.0.0.1', UNICASTRTP_LOCAL_PORT: '10000' }),
  },
  AudioSocket: {
    name: (resource) => {
      const [service = '', uuid = ''] = resource.split('/');
      return UUID.test(uuid) ? `AudioSocket/${service}-${uuid}` : undefined;
    },
    variables: (_engine, resource) => {
      const [AUDIOSOCKET_SERVICE = '', AUDIOSOCKET_UUID = ''] = resource.split('/');
      return { AUDIOSOCKET_SERVICE, AUDIOSOCKET_UUID };
    },
  },
  WebSocket: {
    name: (resource, unique) => `WebSocket/${resource.split('/')[0]}/${unique}`,
    variables: (engine, _resource, formats) => ({
      MEDIA_WEBSOCKET_CONNECTION_ID: engine.ids.uuid(),
      MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE: String(Math.max(...formats.map(frameSize))),
    }),
  },
};

/** Makes a channel of a technology that carries media elsewhere; `undefined` for every other technology. */
export function createMediaChannel(
  engine: Engine,
  technology: string,
  resource: string,
  id: string,
  formats: string,
): Channel | undefined {
  const kind = TECHNOLOGIES[technology];
  const name = kind?.name(resource, `0x7f00${engine.ids.next('media')}`);
  if (!kind || name === undefined) return undefined;
  // Nobody can connect to the double for media: a channel that waits for that goes on waiting.
  const waits = technology === 'WebSocket' && resource.startsWith('INCOMING');
  const farEnd = waits ? NOWHERE : new MediaEnd(engine);
  const channel = engine.channels.add({
    id: id || engine.ids.channel(),
    name,
    technology,
    created: engine.clock.now(),
    state: 'Down',
    context: 'default',
    exten: 's',
    farEnd,
  });
  if (farEnd instanceof MediaEnd) farEnd.channel = channel;
  const variables = kind.variables(engine, resource, formats.split(','));
  for (const [variable, value] of Object.entries(variables)) engine.channels.setVariable(channel, variable, value);
  return channel;
}
