import type { Agent } from 'node:http';
import { checkServerUrl } from '../../client/base-url.js';
import { Secrets, type Redact } from '../../diagnostics/redact.js';
import { extraHeaders, type ExtraHeaders, type MakeHeaders } from '../../rest/extra-headers.js';
import { checkAgent } from '../../rest/check-agent.js';
import { checkTls, type TlsOptions } from '../../rest/tls-options.js';
import { checkChoice, checkDuration, checkFlag, checkGivenOptions, refuseOption } from '../../support/check-option.js';
import { openSocket } from '../../events/socket.js';
import type { SocketPurpose } from '../../events/socket-purpose.js';
import { directions, type MediaDirection } from '../protocol/commands.js';
import { checkMediaOptions, mediaOptionNames, type MediaOptions } from '../session/options.js';
import { infoOf } from '../session/info.js';
import { Media } from '../session/media.js';
import { maxPayload } from './link.js';
import { startMedia } from './start.js';

/** Which channel to connect to, and where. */
export interface ConnectMediaOptions extends MediaOptions {
  /** Of Asterisk's HTTP server, `http://pbx:8088/`; with the prefix of `http.conf`, if it has one. */
  readonly url: string;
  /** The channel's variable `MEDIA_WEBSOCKET_CONNECTION_ID`. Whoever has it can connect; nothing else is asked for. */
  readonly connectionId: string;
  /** As the channel was made. @default 'both' */
  readonly direction?: MediaDirection | undefined;
  /** Whether the channel was made to pass frames on as they come, dial option `p`. @default false */
  readonly passthrough?: boolean | undefined;
  readonly tls?: TlsOptions | undefined;
  readonly agent?: Agent | undefined;
  /** Headers for a gateway before Asterisk, as the client's option of that name. */
  readonly headers?: ExtraHeaders | undefined;
  /** Longest time until Asterisk's first message, in milliseconds. @default 10,000 */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const known = [
  ...mediaOptionNames,
  ...(['url', 'connectionId', 'direction', 'passthrough', 'tls', 'agent', 'headers', 'timeoutMs', 'signal'] as const),
] as const satisfies readonly (keyof ConnectMediaOptions)[];

const purpose: SocketPurpose = {
  name: 'media connection',
  protocol: 'media',
  operation: 'media.connect',
  // The id is a secret: whoever has it can connect in our place.
  path: '/media/{connectionId}',
};

/**
 * Connects to a channel that waits for it: one made by `externalMedia` with `connection_type` `server`, or by the dial
 * string `WebSocket/INCOMING`.
 * @throws {NotFoundError} if no channel waits under the id; {ConflictError} if somebody is connected already;
 *   {AriConnectionError} if Asterisk is not reached; {AriAbortError}
 */
export async function connectMedia(options: ConnectMediaOptions): Promise<Media> {
  checkGivenOptions('connectMedia', options, known);
  checkChoice('direction', options.direction, directions);
  checkFlag('passthrough', options.passthrough, false);
  const secrets = new Secrets('', options.connectionId);
  return connectTo(options, { headers: extraHeaders(options.headers, secrets), redact: secrets.redact });
}

/** What goes along with the request, and must not be shown. */
export interface Extras {
  readonly headers: MakeHeaders | undefined;
  readonly redact: Redact;
}

/** Like {@link connectMedia}, with headers that are made already. */
export async function connectTo(options: ConnectMediaOptions, { headers, redact }: Extras): Promise<Media> {
  const settings = checkMediaOptions(options, redact);
  const { connectionId, direction, passthrough, signal } = options;
  const tls = checkTls(options.tls);
  const agent = checkAgent(options.agent);
  const timeoutMs = checkDuration('timeoutMs', options.timeoutMs, 10_000);
  const url = mediaUrl(options.url, connectionId);
  const closing = new AbortController();
  const { socket, wire } = await openSocket(
    {
      purpose,
      url,
      authorization: undefined,
      timeoutMs,
      maxPayload,
      agent,
      tls,
      headers,
      redact,
    },
    signal ?? closing.signal,
  );
  const { pingIntervalMs } = settings;
  return startMedia(socket, wire, {
    make: (link, start) => new Media(link, infoOf(start), settings, { direction, passthrough }),
    pingIntervalMs,
    redact,
    timeoutMs,
    signal,
  });
}

function mediaUrl(base: string, connectionId: string): URL {
  if (typeof connectionId !== 'string' || connectionId === '') {
    throw refuseOption('connectionId', 'must be a string that is not empty');
  }
  const url = checkServerUrl(base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/media/${encodeURIComponent(connectionId)}`;
  return url;
}
