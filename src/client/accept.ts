import { refuseOption } from '../support/check-option.js';
import { acceptance, type Acceptance, type AcceptedClient, type AcceptedOptions } from './acceptance.js';
import { clientClasses, type ClientClass } from './client-class.js';
import type { ClientOptions } from './options.js';

/** A client, and what the one has to do with it who has the connection that it lives on. */
export interface Accepted<C> {
  readonly client: C;
  readonly accepted: AcceptedClient;
}

/** @throws {AriValidationError} if the class does not hand its options on */
export function accept<C extends object>(
  client: ClientClass<C>,
  options: ClientOptions,
  connection: Omit<Acceptance, 'attach'>,
): Accepted<C> {
  let accepted: AcceptedClient | undefined;
  const attach = (attached: AcceptedClient): void => {
    accepted = attached;
  };
  const all: AcceptedOptions = { ...options, [acceptance]: { ...connection, attach } };
  const made = new client(all);
  if (accepted === undefined) {
    throw refuseOption('client', clientClasses);
  }
  return { client: made, accepted };
}
