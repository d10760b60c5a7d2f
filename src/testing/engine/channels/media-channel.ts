import type { Engine } from '../engine.js';
import type { Channel } from './channel.js';
import { type FarEnd, NOWHERE } from './far-end.js';

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

/** Variables that a channel of a technology has from the beginning: where the other program finds it. */
const VARIABLES: Readonly<Record<string, (engine: Engine) => Record<string, string>>> = {
  UnicastRTP: () => ({ UNICASTRTP_LOCAL_ADDRESS: '127.0.0.1', UNICASTRTP_LOCAL_PORT: '10000' }),
  AudioSocket: () => ({}),
  WebSocket: (engine) => ({
    MEDIA_WEBSOCKET_CONNECTION_ID: engine.ids.uuid(),
    MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE: '160',
  }),
};

/** Makes a channel of a technology that carries media elsewhere; `undefined` for every other technology. */
export function createMediaChannel(
  engine: Engine,
  technology: string,
  resource: string,
  id: string,
): Channel | undefined {
  const variables = VARIABLES[technology]?.(engine);
  if (!variables) return undefined;
  // Nobody can connect to the double for media: a channel that waits for that goes on waiting.
  const waits = technology === 'WebSocket' && resource.startsWith('INCOMING');
  const farEnd = waits ? NOWHERE : new MediaEnd(engine);
  const channel = engine.channels.add({
    id: id || engine.ids.channel(),
    name: `${technology}/${resource}-0x7f00${engine.ids.next('media')}`,
    technology,
    created: engine.clock.now(),
    state: 'Down',
    context: 'default',
    exten: 's',
    farEnd,
  });
  if (farEnd instanceof MediaEnd) farEnd.channel = channel;
  for (const [name, value] of Object.entries(variables)) engine.channels.setVariable(channel, name, value);
  return channel;
}
