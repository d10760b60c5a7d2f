import type { Engine } from '../engine.js';

/** What a media URI stands for. */
export interface Media {
  /** Milliseconds; infinite for a tone. */
  readonly durationMs: number;
  /** It can be stopped, paused and moved in; what is spoken digit by digit cannot. */
  readonly controllable: boolean;
}

/** How long a spoken digit takes. */
const SPOKEN_MS = 600;

/** The media of a URI; `undefined` where there is none. */
export function findMedia(engine: Engine, uri: string): Media | undefined {
  const [, scheme = '', name = ''] = /^([a-z]+):(.*)$/s.exec(uri) ?? [];
  switch (scheme) {
    case 'sound':
      return fileOf(engine.sounds.durationOf(name));
    case 'recording':
      return fileOf(engine.storedRecordings.durationOf(name));
    case 'number':
      return /^\s*[+-]?\d/.test(name) ? spoken(name) : undefined;
    case 'digits':
    case 'characters':
      return spoken(name);
    case 'tone':
      return { durationMs: Number.POSITIVE_INFINITY, controllable: true };
    default:
      return undefined;
  }
}

function fileOf(durationMs: number | undefined): Media | undefined {
  return durationMs === undefined ? undefined : { durationMs, controllable: true };
}

function spoken(text: string): Media {
  return { durationMs: SPOKEN_MS * text.length, controllable: false };
}
