import { randomBytes } from 'node:crypto';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import type { Client } from '../asterisk/connect.js';
import { serve } from './application.js';
import { Callers } from './callers.js';

/** Extension by which the application is called, and the application itself. */
const APP = 'demo';

/** An Asterisk that is none, an application on it, and people who call it, for as long as the program runs. */
export class Demo implements AsyncDisposable {
  readonly #asterisk: TestAsterisk;
  readonly #password: string;
  #callers: Callers | undefined;

  private constructor(asterisk: TestAsterisk, password: string) {
    this.#asterisk = asterisk;
    this.#password = password;
  }

  static async make(): Promise<Demo> {
    const password = randomBytes(12).toString('base64url');
    const asterisk = await startAsterisk({
      clock: 'real',
      users: { demo: { password } },
      dialplan: { default: { 500: [`Stasis(${APP})`, 'Hangup'] } },
      sounds: { 'demo/welcome': 1800, 'demo/queue': 1200, 'demo/leave-message': 1000 },
    });
    return new Demo(asterisk, password);
  }

  get access(): { readonly url: string; readonly username: string; readonly password: string } {
    return { url: this.#asterisk.url, username: 'demo', password: this.#password };
  }

  /** Has the application run on the explorer's client, so that its requests are in the record, and the first one call. */
  run(client: Client): void {
    serve(client, APP);
    this.#callers = new Callers(this.#asterisk, '500');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#callers?.stop();
    await this.#asterisk.close();
  }
}
