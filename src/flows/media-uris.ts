import { AriValidationError } from '../errors/validation-error.js';
import { mustBe } from '../support/describe.js';
import { nameOfRecording, type RecordingOrName } from './record/recording-name.js';

/** A name, or sounds one after the other: one frequency or two, and how long; `!` for one that is not repeated. */
const toneName = /^([a-z]+|!?\d+([+*]\d+)?(\/\d+)?(,!?\d+([+*]\d+)?(\/\d+)?)*)$/i;

/**
 * The media URI of a tone, by its name in Asterisk's `indications.conf` (`ring`, `busy`, `dial`) or as its sounds:
 * `440+480/2000,0/4000`, frequencies and milliseconds. It never ends by itself: what plays it must be stopped.
 * @param zone whose tone it is, such as `fr`. @default that of the channel
 * @throws {AriValidationError} for what is neither
 */
export function tone(name: string, zone?: string): `tone:${string}` {
  if (typeof name !== 'string' || !toneName.test(name)) {
    throw refuse('tone', 'name', 'the name of a tone, or its sounds as 440+480/2000,0/4000', name);
  }
  if (zone !== undefined && (typeof zone !== 'string' || !/^[a-z]{2,}$/i.test(zone))) {
    throw refuse('tone', 'zone', "a zone of indications.conf such as 'fr'", zone);
  }
  return `tone:${name}${zone === undefined ? '' : `;tonezone=${zone}`}`;
}

/**
 * The media URI of a stored recording; what `recordMessage` gives will do.
 * @throws {AriValidationError} for what has no name
 */
export function recorded(recording: RecordingOrName): `recording:${string}` {
  return `recording:${nameOfRecording('recorded', recording)}`;
}

function refuse(call: string, what: string, wanted: string, found: unknown): AriValidationError {
  return new AriValidationError(`${call}: ${what} ${mustBe(wanted, found)}`, what);
}
