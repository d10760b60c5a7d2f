import { toInteger } from '../../params/values.js';
import type { Engine } from '../parts.js';
import { characterSounds, digitSounds, numberSounds } from './spoken.js';

/** What a media URI stands for. */
export interface Media {
  /** Milliseconds; infinite for a tone. */
  readonly durationMs: number;
  /** It can be stopped, paused and moved in; what is spoken digit by digit cannot. */
  readonly controllable: boolean;
  /** When each of the sounds ends that it is spoken with, in milliseconds from its beginning. */
  readonly soundEnds: readonly number[];
}

/**
 * The media of a URI. `missing` if there is no such file or tone; `none` if it cannot even be looked for: of that
 * nothing more is heard.
 */
export function findMedia(engine: Engine, uri: string): Media | 'missing' | 'none' {
  const [, scheme = '', name = ''] = /^([a-z]+):(.*)$/s.exec(uri) ?? [];
  switch (scheme) {
    case 'sound':
      return fileOf(engine.sounds.durationOf(name), 'missing');
    case 'recording':
      return fileOf(engine.storedRecordings.durationOf(name), 'none');
    case 'number':
      return /^\s*[+-]?\d/.test(name) ? spoken(engine, numberSounds(toInteger(name))) : 'none';
    case 'digits':
      return spoken(engine, digitSounds(name));
    case 'characters':
      return spoken(engine, characterSounds(name));
    case 'tone':
      return isTone(name) ? { durationMs: Number.POSITIVE_INFINITY, controllable: true, soundEnds: [] } : 'missing';
    default:
      return 'none';
  }
}

function fileOf(durationMs: number | undefined, absent: 'missing' | 'none'): Media | 'missing' | 'none' {
  return durationMs === undefined ? absent : { durationMs, controllable: true, soundEnds: [] };
}

/** A tone by its name in indications.conf, or as frequencies: `440+480/2000,0/4000`. */
function isTone(text: string): boolean {
  const name = text.split(';')[0] ?? '';
  return TONES.has(name) || /^!?\d/.test(name);
}

const TONES = new Set(['busy', 'callwaiting', 'congestion', 'dial', 'dialrecall', 'info', 'record', 'ring', 'stutter']);

/** What is read out takes as long as its sounds, as far as they are there. */
function spoken(engine: Engine, sounds: readonly string[]): Media {
  let durationMs = 0;
  const soundEnds = sounds.map((sound) => (durationMs += engine.sounds.durationOf(sound) ?? 0));
  return { durationMs, controllable: false, soundEnds };
}
