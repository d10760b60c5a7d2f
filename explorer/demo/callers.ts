import type { Phone, TestAsterisk } from 'asterisk-ari/testing';

const people = ['Ann <201>', 'Ben <202>', 'Chloé <203>', 'Dmitri <204>', 'Eva <205>', 'Farid <206>', 'Grace <207>'];

/** Between two calls. */
const PAUSE_MS = 3500;

/** What a caller does: keys to press, and how long to stay after them. */
interface Manner {
  readonly keys: string;
  readonly staysMs: number;
}

const manners: readonly Manner[] = [
  { keys: '1', staysMs: 6000 },
  { keys: '2', staysMs: 7000 },
  { keys: '', staysMs: 9000 },
  { keys: '1', staysMs: 1200 },
  { keys: '9', staysMs: 2500 },
  { keys: '3', staysMs: 5000 },
];

/** People who call one after another, each in another manner; two who are called: Alice answers, Bob does now and then. */
export class Callers {
  readonly #asterisk: TestAsterisk;
  readonly #extension: string;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #phones = new Map<string, Phone>();
  #calls = 0;

  constructor(asterisk: TestAsterisk, extension: string) {
    this.#asterisk = asterisk;
    this.#extension = extension;
    asterisk.phone('PJSIP/alice').manner = 'answer';
    this.#next();
  }

  /** Nobody calls any more. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #next(): void {
    const count = this.#calls++;
    const from = people[count % people.length] ?? '200';
    const manner = manners[count % manners.length] ?? { keys: '', staysMs: 0 };
    this.#asterisk.phone('PJSIP/bob').manner = count % 4 === 1 ? 'answer' : count % 4 === 3 ? 'busy' : 'ring';
    // Who is still talking does not call again.
    if ((this.#phones.get(from)?.state ?? 'idle') === 'idle') this.#call(from, manner);
    this.#after(PAUSE_MS, () => this.#next());
  }

  #call(from: string, { keys, staysMs }: Manner): void {
    const phone = this.#asterisk.call({ to: this.#extension, from });
    this.#phones.set(from, phone);
    this.#after(1200, () => {
      if (phone.state === 'talking' && keys !== '') phone.press(keys);
      this.#after(staysMs, () => {
        if (phone.state !== 'idle') phone.hangup();
      });
    });
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
