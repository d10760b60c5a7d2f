import { AriHttpError } from '../errors/http-error.js';
import { NotFoundError } from '../errors/not-found-error.js';

/** How Asterisk says, but for a 404, that what is to be ended or taken back is not there: 409, 422; 400 of a bridge's channel. */
const words = [
  'Channel not found',
  'Channel not in Stasis application',
  'Bridge not in Stasis application',
  'Channel not in this bridge',
  'Recording not in session',
] as const;

/** Whether something could not be ended because it has ended already: it is gone, or has left the application or the bridge. */
export function isOfAbsence(error: unknown): boolean {
  return (
    error instanceof NotFoundError ||
    (error instanceof AriHttpError && words.some((text) => error.serverMessage === text))
  );
}
