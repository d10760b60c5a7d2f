import { AudioSocketEnd } from '../media/audio-socket-end.js';
import { RtpEnd } from '../media/rtp-end.js';
import { WebSocketEnd } from '../media/websocket-end.js';
import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';
import type { FarEnd } from './far-end.js';
import { frameSize } from './frame-size.js';
import { readDialOptions } from '../media/dial-options.js';

/** The program's side of a channel, which is told of the channel when there is one. */
interface MediaEnd extends FarEnd {
  attach(channel: Channel): void;
}

/** What a channel of a technology is made of. */
interface MediaParts {
  readonly name: string;
  /** Variables that it has from the beginning: where the other program finds it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly end: MediaEnd;
}

/** Makes the parts; `undefined` if there cannot be such a channel. */
type Make = (engine: Engine, resource: string, formats: readonly string[], unique: string) => MediaParts | undefined;

/** What an AudioSocket channel is called by; there is none for anything else. */
export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const rtp: Make = (engine, resource, _formats, unique) => ({
  name: `UnicastRTP/${resource.split('/')[0]}-${unique}`,
  variables: { UNICASTRTP_LOCAL_ADDRESS: '127.0.0.1', UNICASTRTP_LOCAL_PORT: '10000' },
  end: new RtpEnd(engine),
});

const audioSocket: Make = (engine, resource, [format = 'slin']) => {
  const [service = '', uuid = ''] = resource.split('/');
  if (!UUID.test(uuid)) return undefined;
  return {
    name: `AudioSocket/${service}-${uuid}`,
    variables: { AUDIOSOCKET_SERVICE: service, AUDIOSOCKET_UUID: uuid },
    end: new AudioSocketEnd(engine, service, uuid, format),
  };
};

const webSocket: Make = (engine, resource, formats, unique) => {
  const [client = '', ...rest] = resource.split('/');
  const options = readDialOptions(rest.join('/'));
  const isIncoming = client === 'INCOMING';
  const target = isIncoming ? undefined : engine.dynamicConfig.find('res_websocket_client', 'websocket_client', client);
  if (!options || (!isIncoming && !target)) return undefined;
  const connectionId = isIncoming ? engine.ids.uuid() : client;
  const format = options.codec || formats[0] || 'slin';
  const frameBytes = frameSize(format);
  const end: WebSocketEnd = new WebSocketEnd(engine, {
    ...options,
    connectionId,
    format,
    frameBytes,
    passthrough: options.passthrough || frameBytes === 0,
    connect: target && (() => engine.outgoing.webSocket(targetOf(target, options.uriParameters), end)),
  });
  if (isIncoming) engine.mediaConnections.set(connectionId, end);
  return {
    name: `WebSocket/${client}/${unique}`,
    variables: {
      MEDIA_WEBSOCKET_CONNECTION_ID: connectionId,
      MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE: String(frameBytes),
    },
    end,
  };
};

const TECHNOLOGIES: ReadonlyMap<string, Make> = new Map([
  ['UnicastRTP', rtp],
  ['AudioSocket', audioSocket],
  ['WebSocket', webSocket],
]);

/** Makes a channel of a technology that carries media elsewhere; `undefined` for every other technology. */
export function createMediaChannel(
  engine: Engine,
  technology: string,
  resource: string,
  id: string,
  formats: string,
): Channel | undefined {
  const unique = `0x7f00${engine.ids.next('media')}`;
  const parts = TECHNOLOGIES.get(technology)?.(engine, resource, formats.split(',').filter(Boolean), unique);
  if (!parts) return undefined;
  const { name, variables, end } = parts;
  const channel = engine.channels.add({
    id: id || engine.ids.channel(),
    name,
    technology,
    created: engine.clock.now(),
    state: 'Down',
    context: 'default',
    exten: 's',
    farEnd: end,
  });
  end.attach(channel);
  for (const [variable, value] of Object.entries(variables)) engine.channels.setVariable(channel, variable, value);
  engine.channels.onDestroyed(channel, () =>
    engine.mediaConnections.delete(variables['MEDIA_WEBSOCKET_CONNECTION_ID'] ?? ''),
  );
  return channel;
}

function targetOf(attributes: ReadonlyMap<string, string>, uriParameters: string) {
  const uri = attributes.get('uri') ?? '';
  const query = uriParameters && `${uri.includes('?') ? '&' : '?'}${uriParameters}`;
  return { uri: uri + query, username: attributes.get('username') ?? '', password: attributes.get('password') ?? '' };
}
