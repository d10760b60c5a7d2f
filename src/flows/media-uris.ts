import { refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';

/**
 * The media URI of a tone, by its name in Asterisk's `indications.conf` (`ring`, `busy`, `dial`) or as its sounds:
 * `440+480/2000,0/4000`, frequencies and milliseconds. It never ends by itself: what plays it must be stopped.
 * @param zone whose tone it is, such as `fr`. @default that of the channel
 * @throws {AriValidationError} for what is neither
 */
export function tone(name: string, zone?: string): `tone:${string}` {
  if (typeof name !== 'string' || !/^([a-z]+|!?\d[\d+*!,/]*)$/i.test(name)) {
    throw refuseOption(
      'name',
      `must be the name of a tone, or its sounds as 440+480/2000,0/4000, not ${describe(name)}`,
    );
  }
  if (zone !== undefined && (typeof zone !== 'string' || !/^[a-z]{2,}$/i.test(zone))) {
    throw refuseOption('zone', `must be a zone of indications.conf such as 'fr', not ${describe(zone)}`);
  }
  return `tone:${name}${zone === undefined ? '' : `;tonezone=${zone}`}`;
}

/**
 * The media URI of a stored recording; what `recordMessage` gives will do.
 * @throws {AriValidationError} for what has no name
 */
export function recorded(recording: { readonly name: string } | string): `recording:${string}` {
  const name: unknown = typeof recording === 'string' ? recording : (recording as { name?: unknown } | null)?.name;
  if (typeof name !== 'string' || name === '') {
    throw refuseOption('recording', `must be a recording or its name, not ${describe(recording)}`);
  }
  return `recording:${name}`;
}
