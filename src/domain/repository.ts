import type { Operation } from '../contract/operation.js';
import type { ClientCore } from '../contract/client-core.js';
import type { RequestOptions } from '../contract/request-options.js';

/** The operations of one ARI resource; alive as long as its client. */
export abstract class Repository {
  readonly #client: ClientCore;

  constructor(client: ClientCore) {
    this.#client = client;
  }

  protected get client(): ClientCore {
    return this.#client;
  }

  protected invoke<T>(
    operation: Operation,
    params: object | undefined,
    options: RequestOptions | undefined,
  ): Promise<T> {
    return this.#client.invoke<T>(operation, params, options);
  }
}
