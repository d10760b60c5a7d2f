import type { MediaEvent } from '../../../media/protocol/events.js';
import type { Channel } from '../channels/channel.js';
import type { FarEnd, Heard } from '../channels/far-end.js';
import { farSideHungUp } from '../channels/hangup.js';
import type { Engine } from '../parts.js';
import { convert, type AudioFrame } from './audio-frame.js';
import { readCommand, writeEvent, type Command, type ControlFormat } from './control-messages.js';
import { FrameClock, FRAME_MS } from './frame-clock.js';
import { FrameQueue } from './frame-queue.js';
import { receiveFrame } from './receive-audio.js';
import type { MediaConnection, MediaPort } from './media-connection.js';
import { silenceOf, SilentPlayer } from './silence.js';

export interface WebSocketOptions {
  readonly connectionId: string;
  readonly format: string;
  /** Bytes of a frame; 0 if each message is one. */
  readonly frameBytes: number;
  readonly controlFormat: ControlFormat;
  readonly passthrough: boolean;
  readonly autoAnswer: boolean;
  readonly direction: string;
  /** Connects to the program; without it the program connects. */
  readonly connect: (() => void) | undefined;
}

/** WebSocket statuses, which events of the channel's end carry. */
const NORMAL = 1000;
const GOING_AWAY = 1001;

const CAUSE_NO_ROUTE = 3;
const CAUSE_NORMAL = 16;
const CAUSE_OUT_OF_ORDER = 38;

/** Commands that a channel refuses which passes frames on as they come; and one that takes no audio. */
const QUEUE_COMMANDS = ['START_MEDIA_BUFFERING', 'STOP_MEDIA_BUFFERING', 'MARK_MEDIA', 'PAUSE_MEDIA', 'CONTINUE_MEDIA'];
const NOT_IN_PASSTHROUGH = new Set([...QUEUE_COMMANDS, 'FLUSH_MEDIA', 'REPORT_QUEUE_DRAINED', 'SET_MEDIA_DIRECTION']);
const NOT_WHEN_DEAF = new Set(QUEUE_COMMANDS);

const DIRECTIONS = ['both', 'in', 'out'];

/** The side of a WebSocket channel: a program that sends and receives its audio. */
export class WebSocketEnd implements FarEnd, MediaConnection {
  readonly #engine: Engine;
  readonly #options: WebSocketOptions;
  readonly #queue: FrameQueue;
  readonly #clock: FrameClock;
  #channel: Channel | undefined;
  #port: MediaPort | undefined;
  #direction: string;
  readonly #player: SilentPlayer;

  /** What is done upon a command; another one is ignored. */
  readonly #commands = new Map<string, (command: Command) => void>([
    ['ANSWER', () => this.#answer()],
    ['HANGUP', () => this.#hangUp(CAUSE_NORMAL, NORMAL)],
    ['START_MEDIA_BUFFERING', () => this.#queue.startBuffering()],
    ['STOP_MEDIA_BUFFERING', ({ id }) => this.#queue.stopBuffering(id)],
    ['MARK_MEDIA', ({ id }) => this.#queue.mark(id)],
    ['FLUSH_MEDIA', () => this.#queue.flush()],
    ['PAUSE_MEDIA', () => this.#queue.pause(true)],
    ['CONTINUE_MEDIA', () => this.#queue.pause(false)],
    ['REPORT_QUEUE_DRAINED', () => this.#queue.reportDrained()],
    ['GET_STATUS', () => this.#queue.tellStatus()],
    ['SET_MEDIA_DIRECTION', ({ direction }) => this.#setDirection(direction)],
  ]);

  constructor(engine: Engine, options: WebSocketOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#direction = options.direction;
    this.#queue = new FrameQueue(options.passthrough ? 0 : options.frameBytes, (event) => this.#tell(event));
    this.#clock = new FrameClock(engine, () => this.#tick());
    const { format, frameBytes } = options;
    this.#player = new SilentPlayer(engine, () => this.audio({ format, data: silenceOf(format, frameBytes) }));
  }

  attach(channel: Channel): void {
    this.#channel = channel;
  }

  get isConnected(): boolean {
    return this.#port !== undefined;
  }

  get connectsFirst(): boolean {
    return this.#options.connect !== undefined;
  }

  dial(): boolean {
    this.#options.connect?.();
    return true;
  }

  signal(): void {}

  digit(digit: string): void {
    this.#tell({ event: 'DTMF_END', digit });
  }

  audio(frame: AudioFrame): void {
    if (this.#direction === 'in' || this.#direction === 'both') {
      const audio = convert(frame, this.#options.format);
      if (audio) this.#port?.sendAudio(audio);
    }
  }

  hear(heard: Heard): void {
    this.#player.hear(heard);
  }

  hearEnd(heard: Heard): void {
    this.#player.hearEnd(heard);
  }

  hungUp(): void {
    this.#clock.stop();
    this.#player.stop();
    const port = this.#port;
    this.#port = undefined;
    port?.close(this.#channel?.techCause ?? NORMAL);
  }

  /** The program is there. */
  connected(port: MediaPort): void {
    const { connectionId, format, frameBytes, autoAnswer } = this.#options;
    const channel = this.#channel as Channel;
    if (this.connectsFirst) channel.dial?.begun();
    this.#port = port;
    this.#tell({
      event: 'MEDIA_START',
      connection_id: connectionId,
      channel: channel.name,
      channel_id: channel.id,
      format,
      optimal_frame_size: frameBytes,
      ptime: FRAME_MS,
      channel_variables: Object.fromEntries(channel.variables.entries),
    });
    if (autoAnswer) this.#answer();
  }

  /** The program could not be reached. */
  unreachable(): void {
    const channel = this.#channel;
    if (!channel || channel.gone) return;
    channel.hangupCause = CAUSE_NO_ROUTE;
    this.#engine.soon(() => this.#engine.channels.destroy(channel));
  }

  /** The program closed the connection, or lost it. */
  disconnected(inOrder: boolean): void {
    this.#hangUp(inOrder ? CAUSE_NORMAL : CAUSE_OUT_OF_ORDER, GOING_AWAY);
  }

  receiveAudio(message: Buffer): void {
    if (this.#direction === 'in') return;
    this.#queue.push(message);
    this.#schedule();
  }

  receiveText(message: string): void {
    const { controlFormat } = this.#options;
    const command = readCommand(message, controlFormat);
    if (command === 'malformed') this.#complain('Unable to parse JSON command');
    else if (command) this.#obey(command);
    this.#schedule();
  }

  #obey(command: Command): void {
    const { name } = command;
    if (this.#options.passthrough && NOT_IN_PASSTHROUGH.has(name)) {
      this.#complain(`${name} not supported in passthrough mode`);
    } else if (this.#direction === 'in' && NOT_WHEN_DEAF.has(name)) {
      this.#complain(`${name} not supported while media direction is 'in'`);
    } else {
      this.#commands.get(name)?.(command);
    }
  }

  #setDirection(direction: string): void {
    if (this.#options.controlFormat !== 'json') {
      this.#complain('SET_MEDIA_DIRECTION only supports JSON format.\n');
    } else if (direction === '') {
      this.#complain("SET_MEDIA_DIRECTION requires a 'direction' parameter.\n");
    } else if (!DIRECTIONS.includes(direction)) {
      this.#complain(`'${direction}' is not a valid direction for SET_MEDIA_DIRECTION.\n`);
    } else {
      this.#direction = direction;
    }
  }

  #answer(): void {
    this.#engine.soon(() => this.#channel?.dial?.receive('answer'));
  }

  #hangUp(cause: number, techCause: number): void {
    if (!this.#channel || this.#channel.gone) return;
    this.#channel.techCause = techCause;
    farSideHungUp(this.#engine, this.#channel, cause);
  }

  #schedule(): void {
    if (this.#queue.isDue) this.#clock.start();
  }

  #tick(): boolean {
    const audio = this.#queue.tick();
    if (audio && this.#channel) {
      const { format, frameBytes } = this.#options;
      const missing = Math.max(0, frameBytes - audio.length);
      const data = missing === 0 ? audio : Buffer.concat([audio, silenceOf(format, missing)]);
      receiveFrame(this.#engine, this.#channel, { format, data });
    }
    return this.#queue.isDue;
  }

  #complain(error_text: string): void {
    this.#tell({ event: 'ERROR', error_text });
  }

  #tell(event: MediaEvent): void {
    this.#port?.sendText(writeEvent(event, this.#channel?.id ?? '', this.#options.controlFormat));
  }
}
