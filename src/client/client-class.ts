import { checkNames, checkWithin, refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';
import { uniqueId } from '../support/unique-id.js';
import { BaseClient } from './base-client.js';
import type { ClientOptions, Credentials } from './options.js';
import { checkOptions } from './settings.js';

/** `AriClient`, of this package or of the user's own bindings. */
export type ClientClass<C extends object> = new (options: ClientOptions) => C;

/** What may be given as one. */
export const clientClasses = 'must be a class of bindings that use this asterisk-ari';

/** @throws {AriValidationError} for what cannot make clients that live on the connections of others */
export function checkClientClass<C extends object>(client: ClientClass<C>): ClientClass<C> {
  const { prototype } = Object(client) as { readonly prototype?: unknown };
  if (!(prototype instanceof BaseClient)) {
    throw refuseOption('client', `${clientClasses}, such as its AriClient, not ${describe(client)}`);
  }
  return client;
}

/** Options for clients that are made later: what is wrong with them is told now. @throws {AriValidationError} */
export function checkClientOptions(options: Partial<ClientOptions>, known: readonly string[]): void {
  checkNames('clientOptions', options, known);
  checkWithin('clientOptions', () => checkOptions({ ...placeholder('http://localhost/'), ...options }));
}

/** For a client that never uses them: they only have to look like an address and credentials. */
export function placeholder(url: string): Credentials {
  return { url, username: 'none', password: uniqueId() };
}
