import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { AriConnectionError } from '../../errors/connection-error.js';
import { AriProtocolError } from '../../errors/protocol-error.js';
import type { AriError } from '../../errors/ari-error.js';
import type { Redact } from '../../diagnostics/redact.js';
import { Heartbeat } from '../../events/heartbeat.js';
import { joinWrites } from '../../events/joined-writes.js';
import { cleanError } from '../../support/clean-error.js';
import { encodeCommand, type ControlFormat, type MediaCommand } from '../protocol/commands.js';
import type { MediaStartEvent } from '../protocol/events.js';
import { parseEvent, type ParsedMessage } from '../protocol/parse.js';
import type { MediaLink, MediaSink } from '../session/link.js';
import { longestMessage } from '../session/options.js';

/** Longest message that is taken: Asterisk sends none above 64 KiB. */
export const maxPayload = longestMessage;

/** How the two ends part in peace: done, going away, or without a reason. */
const orderly = new Set([1000, 1001, 1005]);

/** Makes what receives the audio, once Asterisk has said what it is. */
type MakeSink = (link: WebSocketLink, start: MediaStartEvent) => MediaSink;

export interface LinkOptions {
  readonly pingIntervalMs: number;
  /** Takes secrets out of what the other end says when it closes. */
  readonly redact: Redact;
  /** Called with Asterisk's first message; what follows goes to what it returns. */
  readonly onStart: MakeSink;
  /** Called if there is no such message. */
  readonly onFailure: (error: AriError) => void;
}

/** A media WebSocket, whoever has opened it. */
export class WebSocketLink implements MediaLink {
  #format: ControlFormat = 'json';
  readonly #socket: WebSocket;
  readonly #wire: Socket;
  readonly #heartbeat: Heartbeat;
  readonly #options: LinkOptions;
  #sink: MediaSink | undefined;
  #cause: Error | undefined;
  #isClosing = false;

  /** @param wire the connection below the socket */
  constructor(socket: WebSocket, wire: Socket, options: LinkOptions) {
    this.#socket = socket;
    this.#wire = wire;
    this.#options = options;
    this.#heartbeat = new Heartbeat(socket, wire, options.pingIntervalMs);
    socket.on('message', (message: Buffer, isBinary) => this.#onMessage(message, isBinary));
    socket.on('error', (cause) => {
      this.#cause = cleanError(cause, options.redact);
    });
    socket.on('close', (code, reason) => this.#onClose(code, options.redact(reason.toString())));
  }

  get controlFormat(): ControlFormat {
    return this.#format;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  sendAudio(audio: Buffer): void {
    if (this.#socket.readyState === WebSocket.OPEN) {
      joinWrites(this.#wire);
      this.#socket.send(audio, { binary: true });
    }
  }

  sendCommand(command: MediaCommand): void {
    const text = encodeCommand(command, this.#format);
    if (this.#socket.readyState === WebSocket.OPEN) {
      joinWrites(this.#wire);
      this.#socket.send(text);
    }
  }

  close(): void {
    this.#isClosing = true;
    this.#socket.close(1000);
  }

  /** Gives it up before it has started. */
  abandon(): void {
    this.#isClosing = true;
    this.#socket.terminate();
  }

  #onMessage(message: Buffer, isBinary: boolean): void {
    if (this.#sink === undefined) {
      this.#begin(message, isBinary);
    } else if (isBinary) {
      this.#sink.receive(message);
    } else {
      this.#dispatch(parseEvent(message.toString()), this.#sink);
    }
  }

  #begin(message: Buffer, isBinary: boolean): void {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      // It is refused already, or given up.
      return;
    }
    const first = isBinary ? undefined : parseEvent(message.toString());
    if (first?.kind === 'event' && first.event.event === 'MEDIA_START') {
      this.#format = first.format;
      this.#sink = this.#options.onStart(this, first.event);
      return;
    }
    const what =
      first?.kind === 'malformed' ? `a message that is malformed: ${first.message.reason}` : 'something else';
    this.#socket.close(1002);
    this.#options.onFailure(new AriProtocolError(`the media connection began with ${what}, not with MEDIA_START`));
  }

  #dispatch(message: ParsedMessage, sink: MediaSink): void {
    switch (message.kind) {
      case 'event':
        sink.event(message.event);
        break;
      case 'unknown':
        sink.unknown(message.event);
        break;
      case 'malformed':
        sink.malformed(message.message);
        break;
    }
  }

  #onClose(code: number, reason: string): void {
    this.#heartbeat.stop();
    const cause = this.#cause;
    const said = cause?.message ?? reason;
    const error = new AriConnectionError(
      `the media connection broke: ${code}${said && ` ${said}`}`,
      'outcomeUnknown',
      cause && { cause },
    );
    if (this.#sink === undefined) {
      this.#options.onFailure(error);
    } else {
      this.#sink.ended(this.#isClosing || (orderly.has(code) && cause === undefined) ? undefined : error);
    }
  }
}
