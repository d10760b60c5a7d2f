import type { Operation } from '../contract/bindings.js';
import type { ClientCore, RequestOptions } from '../contract/client-core.js';

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
