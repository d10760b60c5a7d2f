import type { Agent } from 'node:http';
import { serverEndpoint } from '../../client/server-endpoint.js';
import { checkServerUrl } from '../../client/base-url.js';
import { Secrets, type Redact } from '../../diagnostics/redact.js';
import { AriProtocolError } from '../../errors/protocol-error.js';
import { checkAgent } from '../../rest/check-agent.js';
import { extraHeaders, type MakeHeaders } from '../../rest/extra-headers.js';
import { checkTls, type TlsOptions } from '../../rest/tls-options.js';
import { refuseOption } from '../../support/check-option.js';
import type { Logger } from '../../support/logger.js';
import { AudioSocketServer, checkAudioSocketFormat } from '../server/audio-socket-server.js';
import type { Expectation } from '../server/arrivals.js';
import { MediaServer } from '../server/media-server.js';
import type { Media } from '../session/media.js';
import { checkMediaOptions } from '../session/options.js';
import { connectTo } from '../websocket/connect.js';
import type { MediaChannelSnapshot, MediaClient } from './client.js';
import type { OpenMediaOptions } from './options.js';

/** Who connects to whom. */
export interface Way {
  /** What `externalMedia` must be told of it. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Called before the channel is made. Resolves with the connection, for which the channel may be needed. */
  connect(channel: Promise<MediaChannelSnapshot>, signal: AbortSignal): Promise<Media>;
}

/** @throws {AriValidationError} for options that do not fit together */
export function chooseWay(client: MediaClient, channelId: string, options: OpenMediaOptions): Way {
  const { through } = options;
  if (through instanceof AudioSocketServer) {
    return viaAudioSocket(client, through, channelId, options);
  }
  return through instanceof MediaServer ? viaServer(client, through, channelId, options) : toAsterisk(client, options);
}

/** We connect to Asterisk, by the id that it gives to the channel. */
function toAsterisk(client: MediaClient, options: OpenMediaOptions): Way {
  const place = placeOf(client, options);
  return {
    parameters: { ...webSocket, ...dialOptions(options), connection_type: 'server' },
    async connect(channel, signal) {
      const { channelvars } = await channel;
      const connectionId = channelvars?.['MEDIA_WEBSOCKET_CONNECTION_ID'];
      if (typeof connectionId !== 'string') {
        throw new AriProtocolError('the channel has no MEDIA_WEBSOCKET_CONNECTION_ID: is chan_websocket loaded?');
      }
      const { redact } = new Secrets('', connectionId);
      const extras = { headers: place.makeHeaders, redact: (text: string) => place.redact(redact(text)) };
      const { url, tls, agent } = place;
      const logger = loggerOf(client, options);
      return connectTo({ ...options, url, tls, agent, logger, connectionId, signal }, extras);
    },
  };
}

/** Asterisk connects to a WebSocket server of ours. */
function viaServer(client: MediaClient, server: MediaServer, channelId: string, options: OpenMediaOptions): Way {
  const { external_host } = options;
  if (external_host === undefined) {
    throw refuseOption('external_host', 'must name the section of websocket_client.conf that leads to the server');
  }
  return {
    parameters: { ...webSocket, ...dialOptions(options), connection_type: 'client', external_host },
    connect: (_channel, signal) => server.arrivals.expect(channelId, expectation(client, options), signal),
  };
}

/** Asterisk connects to an AudioSocket server of ours. The id of the channel is the UUID of the connection. */
function viaAudioSocket(
  client: MediaClient,
  server: AudioSocketServer,
  channelId: string,
  options: OpenMediaOptions,
): Way {
  checkAudioSocketFormat(options.format);
  for (const name of ['direction', 'controlFormat', 'passthrough', 'data'] as const) {
    if (options[name] !== undefined) {
      throw refuseOption(name, 'does not exist with AudioSocket');
    }
  }
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(channelId)) {
    throw refuseOption('channelId', 'must be a UUID in lower case with AudioSocket');
  }
  const { external_host = server.address } = options;
  return {
    parameters: { transport: 'tcp', encapsulation: 'audiosocket', external_host, data: channelId },
    connect: (_channel, signal) => server.arrivals.expect(channelId, expectation(client, options), signal),
  };
}

function expectation(client: MediaClient, options: OpenMediaOptions): Expectation {
  const { format, direction, passthrough } = options;
  const settings = checkMediaOptions({ ...options, logger: loggerOf(client, options) });
  return { format, settings, traits: { direction, passthrough } };
}

const webSocket = { transport: 'websocket', encapsulation: 'none' };

/** What goes to the channel driver, and only what is needed: older releases have no such parameter. */
function dialOptions(options: OpenMediaOptions): Readonly<Record<string, string>> {
  const { controlFormat = 'json', passthrough = false, direction, data } = options;
  const dial = `${controlFormat === 'json' ? 'f(json)' : ''}${passthrough ? 'p' : ''}`;
  return {
    ...(dial !== '' && { transport_data: dial }),
    ...(direction !== undefined && { direction }),
    ...(data !== undefined && { data }),
  };
}

/** Where Asterisk is, and what it takes to connect there. */
interface Place {
  readonly url: string;
  readonly tls: TlsOptions | undefined;
  readonly agent: Agent | undefined;
  readonly makeHeaders: MakeHeaders | undefined;
  readonly redact: Redact;
}

/** @throws {AriValidationError} */
function placeOf(client: MediaClient, options: OpenMediaOptions): Place {
  const known = client[serverEndpoint]?.();
  const { url = known?.url } = options;
  if (url === undefined) {
    throw refuseOption('url', 'must be given: this client does not tell where Asterisk is');
  }
  // What a gateway wants to see is nobody else's business.
  const { origin } = checkServerUrl(url);
  const isThere = known?.url !== undefined && origin === new URL(known.url).origin;
  const secrets = new Secrets();
  const own = extraHeaders(options.headers, secrets);
  return {
    url,
    tls: checkTls(options.tls ?? known?.tls),
    agent: checkAgent(options.agent ?? known?.agent),
    makeHeaders: own ?? (isThere ? known.headers : undefined),
    redact: (text) => secrets.redact(known?.redact(text) ?? text),
  };
}

function loggerOf(client: MediaClient, { logger }: OpenMediaOptions): Logger | undefined {
  return logger ?? client[serverEndpoint]?.().logger;
}
