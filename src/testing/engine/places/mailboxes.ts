import { AriFailure } from '../../http/failure.js';
import type { Engine } from '../parts.js';

export interface Mailbox {
  readonly name: string;
  readonly old_messages: number;
  readonly new_messages: number;
}

/** Mailboxes that applications keep. A device shows whether there is something new in each. */
export class Mailboxes {
  readonly #engine: Engine;
  readonly #lights = new Map<string, string>();
  readonly #mailboxes = new Map<string, Mailbox>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  list(): Mailbox[] {
    return [...this.#mailboxes.values()];
  }

  get(name: string): Mailbox {
    const mailbox = this.#mailboxes.get(name);
    if (!mailbox) throw new AriFailure(404, 'Mailbox is does not exist');
    return mailbox;
  }

  update(name: string, oldMessages: number, newMessages: number): void {
    this.#mailboxes.set(name, { name, old_messages: oldMessages, new_messages: newMessages });
    this.#light(name, newMessages > 0 ? 'INUSE' : 'NOT_INUSE');
  }

  delete(name: string): void {
    if (!this.#mailboxes.delete(name)) throw new AriFailure(404, 'Mailbox does not exist');
    this.#light(name, 'NOT_INUSE');
  }

  #light(name: string, state: string): void {
    if (this.#lights.get(name) === state) return;
    this.#lights.set(name, state);
    this.#engine.soon(() => this.#engine.deviceStates.changed(`MWI:${name}`, state));
  }
}
