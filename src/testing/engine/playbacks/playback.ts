import { AriFailure } from '../../http/failure.js';
import type { Channel } from '../channels/channel.js';
import type { Heard } from '../channels/far-end.js';
import type { Timer } from '../clock.js';
import type { Engine } from '../parts.js';
import type { Source } from '../events.js';
import type { Command } from '../stasis/command-queue.js';
import { findMedia, type Media } from './media.js';

export type PlaybackState = 'queued' | 'playing' | 'continuing' | 'paused' | 'done' | 'failed';

export interface PlaybackRequest {
  readonly id: string;
  readonly media: readonly string[];
  readonly language: string;
  /** `channel:ID` or `bridge:ID`. */
  readonly target: string;
  readonly skipMs: number;
  readonly offsetMs: number;
  /** The channel that it is played on: that of the call, or a bridge's announcer. */
  readonly channel: Channel;
  /** To whom it sounds. */
  listeners(): readonly Channel[];
}

const DEFAULT_SKIP_MS = 3000;

/** A list of media on its way to a channel or bridge. */
export class Playback implements Command {
  readonly request: PlaybackRequest;
  readonly #engine: Engine;
  readonly #sources: readonly Source[];
  readonly #over: () => void;
  #state: PlaybackState = 'queued';
  #canceled = false;
  /** Once something could be controlled, Asterisk no longer refuses it for what is spoken after that. */
  #controllable = false;
  /** Stopped while something is spoken, which is read to its end all the same. */
  #stoppedInSpeech = false;
  #at = 0;
  #media: Media = { durationMs: 0, controllable: false, soundEnds: [] };
  /** How far the present media has been played at `#since`. */
  #playedMs = 0;
  #since = 0;
  #timer: Timer | undefined;
  #heard: { readonly media: string; readonly by: readonly Channel[] } | undefined;
  #done: () => void = () => {};

  constructor(engine: Engine, request: PlaybackRequest, sources: readonly Source[], over: () => void) {
    this.#engine = engine;
    this.request = request;
    this.#sources = sources;
    this.#over = over;
  }

  toJSON(): Record<string, unknown> {
    const { id, media, target, language } = this.request;
    const next = media[this.#at + 1];
    return {
      id,
      media_uri: media[this.#at] ?? '',
      ...(next !== undefined && { next_media_uri: next }),
      target_uri: target,
      language,
      state: this.#canceled || this.#stoppedInSpeech ? 'done' : this.#state,
    };
  }

  start(done: () => void): () => void {
    this.#done = done;
    if (this.#canceled) this.#finish('done');
    else this.#begin();
    return () => this.#finish('failed');
  }

  /** `DELETE /playbacks/{id}`. */
  stop(): void {
    if (this.#state === 'queued') this.#canceled = true;
    else if (this.#stoppedInSpeech) return;
    else if (!this.#controllable) throw new AriFailure(500, 'Could not stop playback');
    else if (this.#media.controllable) this.#finish('done');
    else {
      this.#stoppedInSpeech = true;
      this.#cutSound();
    }
  }

  /** `POST /playbacks/{id}/control`. */
  control(operation: string): void {
    if (this.#state === 'queued' && operation === 'restart') return;
    const allowed = this.#state === 'paused' ? ['pause', 'unpause'] : [...OPERATIONS];
    if (this.#state === 'queued' || this.#stoppedInSpeech || !allowed.includes(operation)) {
      throw new AriFailure(409, `Can only ${operation} while media is playing`);
    }
    if (!this.#controllable) throw new AriFailure(500, `Could not ${operation} playback`);
    if (this.#media.controllable) this.#operate(operation);
    else this.#operateInSpeech(operation);
  }

  /** What is played before somebody has answered is announced to the far side. */
  #begin(): void {
    const { channel, offsetMs } = this.request;
    if (channel.state !== 'Up') channel.farEnd.signal('progress');
    this.#play(offsetMs);
  }

  #operate(operation: string): void {
    const played = this.#played;
    const skip = this.request.skipMs || DEFAULT_SKIP_MS;
    if (operation === 'pause' && this.#state !== 'paused') {
      this.#timer?.cancel();
      this.#playedMs = played;
      this.#state = 'paused';
    } else if (operation === 'unpause' && this.#state === 'paused') {
      this.#state = 'playing';
      this.#publish('PlaybackStarted');
      this.#continueFrom(played);
    } else if (operation === 'restart') this.#continueFrom(0);
    else if (operation === 'reverse') this.#continueFrom(Math.max(0, played - skip));
    else if (operation === 'forward') this.#continueFrom(played + skip);
  }

  get #played(): number {
    return this.#playedMs + (this.#state === 'paused' ? 0 : this.#engine.clock.now() - this.#since);
  }

  /** It goes on with its next sound, whatever is wanted of it; to and fro, it goes within one at most. */
  #operateInSpeech(operation: string): void {
    if (operation === 'pause' && this.#state !== 'paused') {
      this.#cutSound();
      this.#state = 'paused';
    } else if (operation === 'unpause' && this.#state === 'paused') {
      this.#state = 'playing';
      this.#publish('PlaybackStarted');
      this.#cutSound();
    } else if (operation === 'restart') this.#cutSound();
  }

  /** Of what is spoken, the present sound ends, and the next one begins. */
  #cutSound(): void {
    const played = this.#engine.clock.now() - this.#since + this.#playedMs;
    this.#continueFrom(this.#media.soundEnds.find((end) => end > played) ?? this.#media.durationMs);
  }

  #play(offsetMs: number): void {
    const uri = this.request.media[this.#at] ?? '';
    const media = findMedia(this.#engine, uri);
    this.#state = 'playing';
    this.#publish('PlaybackStarted');
    if (typeof media === 'string') {
      this.#skip(media);
      return;
    }
    this.#media = media;
    this.#controllable ||= media.controllable;
    const heard = { media: uri, by: media.durationMs > 0 ? this.request.listeners() : [] };
    this.#heard = heard;
    for (const channel of heard.by) channel.farEnd.hear(heard);
    this.#continueFrom(offsetMs);
  }

  /** What is not there is passed over, if something comes after it. */
  #skip(why: 'missing' | 'none'): void {
    if (this.#at + 1 < this.request.media.length) this.#next(why === 'missing');
    else if (why === 'missing') this.#finish('failed');
    else this.#vanish();
  }

  #next(told: boolean): void {
    this.#stoppedInSpeech = false;
    this.#state = 'continuing';
    if (told) this.#publish('PlaybackContinuing');
    this.#at += 1;
    this.#play(0);
  }

  #continueFrom(ms: number): void {
    this.#timer?.cancel();
    this.#playedMs = ms;
    this.#since = this.#engine.clock.now();
    const remaining = Math.max(0, this.#media.durationMs - ms);
    if (Number.isFinite(remaining)) this.#timer = this.#engine.after(remaining, 'media', () => this.#ended());
  }

  /** The present media is over. */
  #ended(): void {
    this.#silence();
    if (this.#at + 1 < this.request.media.length) this.#next(true);
    else this.#finish('done');
  }

  #finish(state: 'done' | 'failed'): void {
    if (this.#state === 'done' || this.#state === 'failed') return;
    this.#timer?.cancel();
    this.#silence();
    this.#state = state;
    this.#publish('PlaybackFinished');
    this.#over();
    this.#done();
  }

  /** Ends without a word. */
  #vanish(): void {
    this.#state = 'failed';
    this.#over();
    this.#done();
  }

  #silence(): void {
    const heard = this.#heard;
    this.#heard = undefined;
    // Of a bridge, also those who have left it meanwhile.
    for (const channel of heard?.by ?? []) channel.farEnd.hearEnd(heard as Heard);
  }

  #publish(type: string): void {
    this.#engine.publishOnEach({ type, playback: this.toJSON() }, this.#sources);
  }
}

/** What `control` understands. */
export const OPERATIONS: ReadonlySet<string> = new Set(['restart', 'pause', 'unpause', 'reverse', 'forward']);
