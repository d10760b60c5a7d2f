import { AriFailure } from '../../http/failure.js';

export interface Mailbox {
  readonly name: string;
  readonly old_messages: number;
  readonly new_messages: number;
}

/** Mailboxes that applications keep. */
export class Mailboxes {
  readonly #mailboxes = new Map<string, Mailbox>();

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
  }

  delete(name: string): void {
    if (!this.#mailboxes.delete(name)) throw new AriFailure(404, 'Mailbox does not exist');
  }
}
