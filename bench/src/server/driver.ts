import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../subjects/subject.js';

/** Somebody else at a real Asterisk, who causes the events that a subject receives. */
export class Driver {
  readonly #to: Target;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(to: Target) {
    this.#to = to;
  }

  async untilRegistered(app: string): Promise<void> {
    while ((await this.#ask('GET', `applications/${app}`)) !== 200) {
      await sleep(50);
    }
  }

  /** So many user events, and seven times as many of variables: one channel's, so that there is no call to set up. */
  async cause(app: string, count: number): Promise<void> {
    const id = `${app}-driven`;
    await this.#ask('POST', `channels/${id}?endpoint=Local/wait@default&app=${app}`);
    for (let round = 0; round < count; round += 1) {
      for (let variable = 0; variable < 7; variable += 1) {
        await this.#ask('POST', `channels/${id}/variable?variable=V${variable}&value=${round}`);
      }
      await this.#ask('POST', `events/user/driven?application=${app}`);
    }
    await this.#ask('DELETE', `channels/${id}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask(method: string, path: string): Promise<number | undefined> {
    const { url, username, password } = this.#to;
    return new Promise((resolve, reject) => {
      const sent = request(new URL(`ari/${path}`, url), {
        method,
        agent: this.#agent,
        auth: `${username}:${password}`,
      });
      sent.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
      sent.on('error', reject);
      sent.end();
    });
  }
}
