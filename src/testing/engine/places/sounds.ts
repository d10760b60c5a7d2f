import { DEFAULT_SOUNDS } from './default-sounds.js';

/** A sound: its length in milliseconds, or that and more about it. */
export type SoundData = number | SoundDetails;

/** What there is to say about a sound. */
export interface SoundDetails {
  /** How long it lasts. */
  readonly durationMs: number;
  /** What is said. */
  readonly text?: string;
  /** Its files; one in English, in format gsm, without it. */
  readonly formats?: readonly SoundFormat[];
}

/** One file of a sound: its language (`en`) and its format (`gsm`, `wav`). */
export interface SoundFormat {
  readonly language: string;
  readonly format: string;
}

const DEFAULT_FORMATS: readonly SoundFormat[] = [{ language: 'en', format: 'gsm' }];

/** The sound files that are installed. */
export class Sounds {
  readonly #sounds = new Map<string, SoundDetails>();

  constructor(additional: Readonly<Record<string, SoundData>>) {
    for (const [id, data] of Object.entries({ ...DEFAULT_SOUNDS, ...additional })) {
      this.#sounds.set(id, typeof data === 'number' ? { durationMs: data } : data);
    }
  }

  durationOf(id: string): number | undefined {
    return this.#sounds.get(id)?.durationMs;
  }

  /** A sound as ARI shows it, with the formats that pass; `undefined` if none does. */
  describe(id: string, language = '', format = ''): Record<string, unknown> | undefined {
    const sound = this.#sounds.get(id);
    const formats = (sound?.formats ?? DEFAULT_FORMATS).filter(
      (one) => (language === '' || one.language === language) && (format === '' || one.format === format),
    );
    if (!sound || formats.length === 0) return undefined;
    return { id, ...(sound.text !== undefined && { text: sound.text }), formats };
  }

  list(language: string, format: string): Record<string, unknown>[] {
    return [...this.#sounds.keys()]
      .map((id) => this.describe(id, language, format))
      .filter((sound) => sound !== undefined);
  }
}
