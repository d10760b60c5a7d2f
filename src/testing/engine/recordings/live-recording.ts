import { AriFailure } from '../../http/failure.js';
import type { Timer } from '../clock.js';
import type { Engine } from '../parts.js';
import type { Source } from '../events.js';
import type { Command } from '../stasis/command-queue.js';
import { appendWav, silentWav } from './wav.js';

export type RecordingState = 'queued' | 'recording' | 'paused' | 'done' | 'failed' | 'canceled';

export interface RecordingRequest {
  readonly name: string;
  readonly format: string;
  readonly target: string;
  readonly maxDurationSeconds: number;
  readonly maxSilenceSeconds: number;
  readonly ifExists: string;
  readonly terminateOn: string;
  /** A beep comes first. */
  readonly beep: boolean;
  /** Why it cannot be made when its turn comes; empty if it can. */
  obstacle(): string;
  /** Listens for digits while it is made. */
  tap(listener: ((digit: string) => void) | undefined): void;
}

export type RecordingOperation = 'cancel' | 'stop' | 'pause' | 'unpause' | 'mute' | 'unmute';

/** A recording in the making. */
export class LiveRecording implements Command {
  readonly request: RecordingRequest;
  readonly #engine: Engine;
  readonly #sources: readonly Source[];
  readonly #over: () => void;
  #state: RecordingState = 'queued';
  #canceled = false;
  #discarded = false;
  /** What is there already, for more to be added. */
  #before: Buffer | undefined;
  #cause: string | undefined;
  #recordedMs = 0;
  #since = 0;
  #timers: Timer[] = [];
  #done: () => void = () => {};

  constructor(engine: Engine, request: RecordingRequest, sources: readonly Source[], over: () => void) {
    this.#engine = engine;
    this.request = request;
    this.#sources = sources;
    this.#over = over;
  }

  toJSON(): Record<string, unknown> {
    const { name, format, target } = this.request;
    const finished = this.#state === 'done' || this.#state === 'canceled';
    return {
      name,
      format,
      state: this.#state,
      target_uri: target,
      ...(this.#cause !== undefined && { cause: this.#cause }),
      ...(finished && !this.#canceled && this.#durations()),
    };
  }

  start(done: () => void): () => void {
    this.#done = done;
    const obstacle = this.request.obstacle();
    if (obstacle) {
      this.#cause = obstacle;
      this.#finish('failed', 'RecordingFailed');
    } else if (this.#canceled) {
      this.#finish('canceled', 'RecordingFinished');
    } else {
      this.#begin();
    }
    return () => this.#finish('done', 'RecordingFinished');
  }

  operate(operation: RecordingOperation): void {
    if (this.#state === 'queued') {
      if (operation !== 'cancel' && operation !== 'stop') throw new AriFailure(409, 'Recording not in session');
      this.#canceled = true;
    } else if (operation === 'cancel') this.#cancel();
    else if (operation === 'stop') this.#finish('done', 'RecordingFinished');
    else if (operation === 'pause') this.#pause();
    else if (operation === 'unpause') this.#resume();
  }

  /** Ends without a file; what is told of it is the same as of any other end. */
  #cancel(): void {
    this.#discarded = true;
    this.#finish('done', 'RecordingFinished');
  }

  #begin(): void {
    this.#state = 'recording';
    this.#before =
      this.request.ifExists === 'append' ? this.#engine.storedRecordings.find(this.request.name)?.content : undefined;
    this.#publish('RecordingStarted');
    if (isTooLong(this.request)) {
      this.#discarded = true;
      this.#finish('done', 'RecordingFinished');
      return;
    }
    this.request.tap((digit) => {
      const { terminateOn } = this.request;
      if (terminateOn.toLowerCase() === 'any' || terminateOn === digit) this.operate('stop');
    });
    if (!this.request.beep) this.#beginFile();
    else {
      this.#since = this.#engine.clock.now();
      this.#timers = [
        this.#engine.after(this.#engine.sounds.durationOf('beep') ?? 0, 'media', () => this.#beginFile()),
      ];
    }
  }

  /** The file is there as soon as something may be heard in it. */
  #beginFile(): void {
    this.#store();
    this.#run();
  }

  #run(): void {
    this.#since = this.#engine.clock.now();
    const { maxDurationSeconds, maxSilenceSeconds } = this.request;
    const limits = [
      maxDurationSeconds > 0 ? maxDurationSeconds * 1000 - this.#recordedMs : undefined,
      // Nobody ever speaks on the double's channels.
      maxSilenceSeconds > 0 ? maxSilenceSeconds * 1000 : undefined,
    ].filter((limit) => limit !== undefined);
    this.#timers = limits.map((ms) => this.#engine.after(ms, 'patience', () => this.operate('stop')));
  }

  #pause(): void {
    if (this.#state !== 'recording') return;
    this.#halt();
    this.#state = 'paused';
  }

  #resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'recording';
    this.#run();
  }

  #halt(): void {
    if (this.#state === 'recording') this.#recordedMs += this.#engine.clock.now() - this.#since;
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
  }

  #finish(state: RecordingState, type: string): void {
    if (['done', 'failed', 'canceled'].includes(this.#state)) return;
    this.#halt();
    this.request.tap(undefined);
    this.#state = state;
    if (this.#discarded) this.#discard();
    else if (state === 'done') this.#store();
    this.#publish(type);
    this.#over();
    this.#done();
  }

  #discard(): void {
    const { storedRecordings } = this.#engine;
    if (storedRecordings.find(this.request.name)) storedRecordings.delete(this.request.name);
  }

  #store(): void {
    const { name, format } = this.request;
    const fresh = silentWav(this.#recordedMs);
    const content = this.#before ? appendWav(this.#before, fresh) : fresh;
    // A file is known by the end of its name.
    this.#engine.storedRecordings.store({ name, format: format === 'wav49' ? 'WAV' : format, content });
  }

  #durations(): Record<string, number> {
    const duration = Math.floor(this.#recordedMs / 1000);
    if (this.request.maxSilenceSeconds <= 0) return { duration };
    return { duration, talking_duration: 0, silence_duration: duration };
  }

  #publish(type: string): void {
    this.#engine.publishOnEach({ type, recording: this.toJSON() }, this.#sources);
  }
}

/** No file can have such a name. */
function isTooLong({ name, format }: RecordingRequest): boolean {
  return Buffer.byteLength(`${name.slice(name.lastIndexOf('/') + 1)}.${format}`) > 255;
}
