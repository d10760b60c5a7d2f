import { AriError } from './ari-error.js';
import { AriConnectionError } from './connection-error.js';

/** Why something fails that was under way or comes after it: the client was closed. It is the `cause` of the error. */
export class ClientClosed extends Error {
  constructor() {
    super('the client was closed');
  }
}

/** That a request comes too late. @param name of the operation */
export function notSentByClosed(name: string): AriConnectionError {
  return new AriConnectionError(`${name} was not sent: the client is closed`, 'notSent', { cause: new ClientClosed() });
}

/** That the client was closed, if an error of the SDK comes of that. */
export function closedBehind(error: unknown): ClientClosed | undefined {
  let cause = error;
  while (cause instanceof AriError) {
    cause = cause.cause;
  }
  return cause instanceof ClientClosed ? cause : undefined;
}
