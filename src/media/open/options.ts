import type { Agent } from 'node:http';
import type { ExtraHeaders } from '../../rest/extra-headers.js';
import type { TlsOptions } from '../../rest/tls-options.js';
import { checkChoice, checkFlag, checkGivenOptions, checkString, refuseOption } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import { directions, type ControlFormat, type MediaDirection } from '../protocol/commands.js';
import { AudioSocketServer } from '../server/audio-socket-server.js';
import { MediaServer } from '../server/media-server.js';
import { mediaOptionNames, type MediaOptions } from '../session/options.js';

/** What is to be opened. */
export interface OpenMediaOptions extends MediaOptions {
  /** Stasis application that gets the channel; the client must be running it. */
  readonly app: string;
  /**
   * Of the audio in both directions: `slin16`, `slin24`, `ulaw` … Asterisk converts, so ask for what a speech service
   * wants.
   */
  readonly format: string;
  /** Id for the channel; with AudioSocket a UUID. @default a fresh one */
  readonly channelId?: string | undefined;
  /** Which way audio goes, as this program sees it; with AudioSocket always both. @default 'both' */
  readonly direction?: MediaDirection | undefined;
  /** How control messages are written. An Asterisk before 20.18, 22.8 and 23.2 knows plain text only. @default 'json' */
  readonly controlFormat?: ControlFormat | undefined;
  /** Has Asterisk pass frames on as they come: no queue, no marks there, and the timing is ours. @default false */
  readonly passthrough?: boolean | undefined;
  /** Variables of the channel. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Arguments of the channel's `StasisStart`, separated by commas; not with AudioSocket. */
  readonly data?: string | undefined;
  /**
   * What Asterisk connects to. Without it, this program connects to Asterisk, by WebSocket; that needs nothing to be
   * configured.
   */
  readonly through?: MediaServer | AudioSocketServer | undefined;
  /**
   * How Asterisk finds `through`: for a {@link MediaServer} the section of `websocket_client.conf`; for an
   * {@link AudioSocketServer} `host:port`, if not the server's own `address`.
   */
  readonly external_host?: string | undefined;
  /** URL of Asterisk's HTTP server. @default the client's */
  readonly url?: string | undefined;
  /** For an `https:` URL. @default the client's */
  readonly tls?: TlsOptions | undefined;
  /** Makes the connection; for proxies. @default the client's */
  readonly agent?: Agent | undefined;
  /** Headers for a gateway before Asterisk. @default the client's, unless `url` leads to another server */
  readonly headers?: ExtraHeaders | undefined;
  /** Longest time until both sides are up, in milliseconds. @default 10,000 */
  readonly timeoutMs?: number | undefined;
  /** Gives it up. */
  readonly signal?: AbortSignal | undefined;
}

const known = [
  ...mediaOptionNames,
  ...(['app', 'format', 'channelId', 'direction', 'controlFormat', 'passthrough', 'variables', 'data'] as const),
  ...(['through', 'external_host', 'url', 'tls', 'agent', 'headers', 'timeoutMs', 'signal'] as const),
] as const satisfies readonly (keyof OpenMediaOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkOpenOptions(options: OpenMediaOptions): void {
  checkGivenOptions('openMedia', options, known);
  checkChoice('direction', options.direction, directions);
  checkChoice('controlFormat', options.controlFormat, ['json', 'plain-text']);
  checkFlag('passthrough', options.passthrough, false);
  for (const name of ['app', 'format'] as const) {
    checkString(name, options[name]);
  }
  for (const name of ['channelId', 'data', 'external_host'] as const) {
    if (options[name] !== undefined) {
      checkString(name, options[name]);
    }
  }
  const { through } = options;
  if (through !== undefined && !(through instanceof MediaServer || through instanceof AudioSocketServer)) {
    throw refuseOption('through', `must be a MediaServer or an AudioSocketServer, not ${describe(through)}`);
  }
}
