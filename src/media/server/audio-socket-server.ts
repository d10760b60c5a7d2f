import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { checkCallOptions, checkDuration, checkWhole, refuseOption } from '../../support/check-option.js';
import { listen } from '../../support/own-server.js';
import { frameBytesOf } from '../audio/format.js';
import { audioKindOf, audioSocketFormats, FrameReader, uuidKind } from '../audiosocket/frames.js';
import { AudioSocketLink } from '../audiosocket/link.js';
import type { MediaInfo } from '../session/info.js';
import { Media } from '../session/media.js';
import { checkMediaOptions, mediaOptionNames, type MediaOptions, type MediaSettings } from '../session/options.js';
import { BaseServer } from './base-server.js';
import { checkAddress, type ListenAddress } from './check-address.js';

/** How a server for AudioSocket is to be. */
export interface AudioSocketServerOptions extends MediaOptions {
  /** Port to listen at. @default a free one */
  readonly port?: number | undefined;
  /** Address to listen at; `0.0.0.0` for all. AudioSocket has no authentication: let nobody else reach it. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** Format of the channels that `openMedia` does not make: `slin` with the application AudioSocket. @default 'slin' */
  readonly format?: string | undefined;
  /** Most connections at a time; one more is closed at once. @default 1,000 */
  readonly maxConnections?: number | undefined;
  /** Longest wait for the UUID, with which each connection begins, in milliseconds. @default 5,000 */
  readonly timeoutMs?: number | undefined;
}

const known = [
  ...mediaOptionNames,
  ...(['port', 'host', 'format', 'maxConnections', 'timeoutMs'] as const),
] as const satisfies readonly (keyof AudioSocketServerOptions)[];

/**
 * Opens a server for AudioSocket; resolves when it listens.
 * @throws {AriValidationError} for a wrong option
 */
export async function startAudioSocketServer(options: AudioSocketServerOptions = {}): Promise<AudioSocketServer> {
  checkCallOptions('startAudioSocketServer', options, known);
  const server = new AudioSocketServer(options);
  await server.start();
  return server;
}

const frameMs = 20;

/** What Asterisk connects to by TCP, one connection a channel. */
export class AudioSocketServer extends BaseServer {
  readonly #address: ListenAddress;
  readonly #settings: MediaSettings;
  readonly #timeoutMs: number;
  readonly #format: string;
  readonly #server: Server;
  /** Connections that have not said whose they are. */
  readonly #unnamed = new Set<Socket>();

  /** @internal */
  constructor(options: AudioSocketServerOptions) {
    const settings = checkMediaOptions(options);
    super(settings.logger);
    this.#address = checkAddress(options);
    this.#settings = settings;
    this.#timeoutMs = checkDuration('timeoutMs', options.timeoutMs, 5_000);
    this.#format = checkAudioSocketFormat(options.format ?? 'slin');
    this.#server = createServer({ noDelay: true }, (socket) => this.#onConnection(socket));
    this.#server.maxConnections = checkWhole('maxConnections', options.maxConnections, 1_000, 1);
  }

  /** Port that it listens at. */
  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** `host:port`, as `externalMedia` wants it for `external_host`, if Asterisk runs on the same machine. */
  get address(): string {
    const { host } = this.#address;
    return `${host.includes(':') ? `[${host}]` : host}:${this.port}`;
  }

  /** @internal */
  async start(): Promise<void> {
    await listen(this.#server, this.#address.port, this.#address.host);
  }

  protected override async stopListening(): Promise<void> {
    for (const socket of this.#unnamed) {
      socket.destroy();
    }
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #onConnection(socket: Socket): void {
    let link: AudioSocketLink | undefined;
    const reader = new FrameReader((kind, payload) => {
      if (link !== undefined) {
        link.receive(kind, payload);
      } else if (!socket.destroyed) {
        link = this.#begin(socket, kind, payload);
      }
    });
    const refuse = (reason: string): void => {
      if (this.#unnamed.delete(socket)) {
        socket.destroy();
        this.reject({ text: '', reason });
      }
    };
    const timer = setTimeout(() => refuse(`no UUID came within ${this.#timeoutMs} ms`), this.#timeoutMs);
    this.#unnamed.add(socket);
    socket.on('error', (error) => refuse(`the connection broke: ${error.message}`));
    socket.on('close', () => {
      clearTimeout(timer);
      refuse('it was closed before a UUID came');
    });
    socket.on('data', (bytes) => {
      reader.push(bytes);
      if (link !== undefined) {
        clearTimeout(timer);
      }
    });
  }

  /** Reads the first message of a connection: whose it is. */
  #begin(socket: Socket, kind: number, payload: Buffer): AudioSocketLink | undefined {
    this.#unnamed.delete(socket);
    if (kind !== uuidKind || payload.length !== 16) {
      socket.destroy();
      this.reject({ text: payload.subarray(0, 500).toString('hex'), reason: 'it did not begin with a UUID' });
      return undefined;
    }
    const uuid = toUuid(payload);
    const { format = this.#format, settings = this.#settings } = this.arrivals.of(uuid) ?? {};
    const link = new AudioSocketLink(socket, format, settings.pingIntervalMs);
    const media = new Media(link, infoOf(uuid, format), settings);
    link.start(media.sink);
    this.welcome(media);
    return link;
  }
}

/** As Asterisk writes it: in lower case. */
function toUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function infoOf(uuid: string, format: string): MediaInfo {
  return {
    channelId: uuid,
    channelName: '',
    connectionId: uuid,
    format,
    frameBytes: frameBytesOf(format, frameMs),
    frameMs,
    passthrough: true,
    variables: {},
  };
}

/** @throws {AriValidationError} for a format that AudioSocket does not carry */
export function checkAudioSocketFormat(format: string): string {
  if (audioKindOf(format) === undefined) {
    throw refuseOption('format', `must be one of ${audioSocketFormats.join(', ')} with AudioSocket, not ${format}`);
  }
  return format;
}
