import type { AudioFrame } from '../media/audio-frame.js';

/** What a channel's far side signals, or is told. */
export type Signal = 'ringing' | 'progress' | 'answer' | 'busy' | 'congestion' | 'hold' | 'unhold';

/** What is heard on a channel. */
export interface Heard {
  /** A media URI, `moh:CLASS`, `tone:…` or `silence`. */
  readonly media: string;
}

/** Whether it is made up as it goes, and goes on until somebody stops it. */
export function isEndless({ media }: Heard): boolean {
  return /^(moh:|tone:|silence$)/.test(media);
}

/** The other side of a channel: a telephone, or the other half of a Local channel. */
export interface FarEnd {
  /** Asterisk dials it; `false` if there is nobody to be dialled. */
  dial(): boolean;
  /** Whether it is dialled only once it is connected, and calls `Dialling.begun` itself. */
  readonly connectsFirst?: boolean;
  /** Asterisk signals something to it. */
  signal(signal: Signal): void;
  /** Asterisk sends it a digit. */
  digit(digit: string, durationMs: number): void;
  /** Asterisk sends it audio that somebody else in the call has sent. */
  audio(frame: AudioFrame): void;
  /** Asterisk begins to play something to it. */
  hear(heard: Heard): void;
  /** What was played last is over. */
  hearEnd(heard: Heard): void;
  /** Asterisk hung the channel up. */
  hungUp(cause: number): void;
}

/** A far side where nobody is. */
export const NOWHERE: FarEnd = {
  dial: () => true,
  signal: () => {},
  digit: () => {},
  audio: () => {},
  hear: () => {},
  hearEnd: () => {},
  hungUp: () => {},
};
