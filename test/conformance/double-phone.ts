import type { Phone, TestAsterisk } from 'asterisk-ari/testing';
import type { CallingPhone, PhoneLine } from './world.js';

/** A telephone of the double, as scenarios have it. Each of its calls is made by a telephone of its own. */
export class DoublePhone implements CallingPhone {
  readonly #asterisk: TestAsterisk;
  readonly #lines: Line[] = [];

  constructor(asterisk: TestAsterisk) {
    this.#asterisk = asterisk;
  }

  async call(extension: string): Promise<PhoneLine> {
    const phone = this.#asterisk.call({ to: extension, from: String(100 + this.#lines.length) });
    const line = new Line(phone);
    this.#lines.push(line);
    await phone.answered();
    return line;
  }

  [Symbol.asyncDispose](): Promise<void> {
    for (const line of this.#lines) {
      line.hangup();
    }
    return Promise.resolve();
  }
}

class Line implements PhoneLine {
  readonly #phone: Phone;

  constructor(phone: Phone) {
    this.#phone = phone;
  }

  get notified(): readonly string[] {
    return this.#phone.transferNotices;
  }

  refer(to: string | Line): void {
    this.#phone.transfer(typeof to === 'string' ? to : to.#phone);
  }

  hangup(): void {
    if (this.#phone.state !== 'idle') {
      this.#phone.hangup();
    }
  }
}
