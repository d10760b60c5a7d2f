import type { Socket } from 'node:net';
import { AriConnectionError } from '../../errors/connection-error.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { closingMs } from '../../support/closing.js';
import type { MediaCommand } from '../protocol/commands.js';
import type { MediaLink, MediaSink } from '../session/link.js';
import { watchLiveness } from './liveness.js';
import { audioKindOf, dtmfKind, encodeFrame, errorKind, formatOfKind, hangupKind } from './frames.js';

/** An AudioSocket connection whose channel is known. */
export class AudioSocketLink implements MediaLink {
  readonly controlFormat = undefined;
  readonly #socket: Socket;
  readonly #kind: number;
  #sink: MediaSink | undefined;
  #cause: Error | undefined;
  #isEnding = false;
  /** The other end has hung up: what it says after that is not heard. */
  #isHungUp = false;

  /** @param format one that AudioSocket carries @param pingIntervalMs time between two looks whether anybody is there */
  constructor(socket: Socket, format: string, pingIntervalMs: number) {
    this.#socket = socket;
    watchLiveness(socket, pingIntervalMs);
    this.#kind = audioKindOf(format) as number;
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength;
  }

  /** From now on what comes goes there. */
  start(sink: MediaSink): void {
    this.#sink = sink;
    this.#socket.on('error', (cause) => {
      this.#cause = cause;
    });
    this.#socket.on('close', () => sink.ended(this.#cause && broken(this.#cause)));
  }

  sendAudio(audio: Buffer): void {
    this.#send(encodeFrame(this.#kind, audio));
  }

  sendCommand({ command }: MediaCommand): void {
    if (command !== 'HANGUP') {
      throw new AriValidationError(`AudioSocket has no ${command}: it is for media over a WebSocket`, 'command');
    }
    this.#send(encodeFrame(hangupKind));
  }

  close(): void {
    this.#send(encodeFrame(hangupKind));
    this.#end();
  }

  /** Whoever goes on talking is cut all the same. */
  #end(): void {
    if (this.#isEnding) {
      return;
    }
    this.#isEnding = true;
    const socket = this.#socket.end();
    const timer = setTimeout(() => socket.destroy(), closingMs);
    socket.once('close', () => clearTimeout(timer));
  }

  /** A message has come. */
  receive(kind: number, payload: Buffer): void {
    const sink = this.#sink as MediaSink;
    if (this.#isHungUp) {
      return;
    }
    if (kind === this.#kind) {
      // A copy: it may wait for long, and must not hold all that was read with it.
      sink.receive(Buffer.from(payload));
    } else if (kind === dtmfKind && payload.length === 1) {
      sink.event({ event: 'DTMF_END', digit: payload.toString('latin1') });
    } else if (kind === errorKind) {
      sink.event({ event: 'ERROR', error_text: `AudioSocket error ${show(payload)}`.trimEnd() });
    } else if (kind === hangupKind) {
      this.#isHungUp = true;
      this.#end();
    } else {
      this.#complain(sink, kind, show(payload));
    }
  }

  #complain(sink: MediaSink, kind: number, shown: string): void {
    const format = formatOfKind(kind);
    if (format !== undefined) {
      sink.malformed({ text: shown, reason: `the audio is ${format}, another format than the channel was made for` });
    } else if (kind === dtmfKind) {
      sink.malformed({ text: shown, reason: 'a key is one byte' });
    } else {
      sink.unknown({ event: `0x${kind.toString(16).padStart(2, '0')}`, payload: shown });
    }
  }

  #send(frame: Buffer): void {
    if (this.#socket.writable) {
      this.#socket.write(frame);
    }
  }
}

/** The beginning of what came. */
function show(payload: Buffer): string {
  return payload.subarray(0, 500).toString('hex');
}

function broken(cause: Error): AriConnectionError {
  return new AriConnectionError(`the AudioSocket connection broke: ${cause.message}`, 'outcomeUnknown', { cause });
}
