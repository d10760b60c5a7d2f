import { AriError } from '../../errors/ari-error.js';
import { describe } from '../../support/describe.js';
import { isNodeId } from '../names.js';

/**
 * What Asterisk calls itself, as it travels: in headers, which hold one line and lose blanks at its ends.
 * @throws {AriError} for what cannot be a name there
 */
export function checkNodeId(id: unknown): string {
  if (id === undefined || id === '') {
    throw new AriError('Asterisk does not tell its entity id, by which it is known: set entityid in asterisk.conf');
  }
  if (typeof id !== 'string' || !isNodeId(id)) {
    throw new AriError(
      `Asterisk calls itself ${describe(id)}, by which it cannot be known: no blanks and no control characters in the entity id`,
    );
  }
  return id;
}
