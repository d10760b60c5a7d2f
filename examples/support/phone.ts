import { EventEmitter, once } from 'node:events';
import type { Channel, ChannelHandle, MediaUri } from 'asterisk-ari';

type PhoneState = 'idle' | 'calling' | 'ringing' | 'talking';

/** One telephone, with one call at a time. */
export class Phone {
  readonly #name: string;
  readonly #say: (line: string) => void;
  readonly #isWith: (other: string) => boolean;
  readonly #changes = new EventEmitter();
  readonly #heard = new Set<string>();
  /** Its end of the call. */
  #channel: ChannelHandle | Channel | undefined;
  #state: PhoneState = 'idle';

  constructor(name: string, say: (line: string) => void, isWith: (other: string) => boolean) {
    this.#name = name;
    this.#say = say;
    this.#isWith = isWith;
    this.#changes.setMaxListeners(0);
  }

  /** Rings, and answers. */
  async answers(): Promise<void> {
    await this.rings();
    await this.#does('answers').answer();
    this.#enter('talking');
  }

  async rings(): Promise<void> {
    await this.#until('ring', () => this.#state === 'ringing');
  }

  /** Turns the call away that comes in. */
  async declines(): Promise<void> {
    await this.rings();
    await this.#does('declines').hangup({ reason: 'busy' });
  }

  async press(digits: string): Promise<void> {
    await this.answered();
    await this.#does(`presses ${digits}`).sendDTMF({ dtmf: digits });
  }

  /** Begins to say something. */
  async speak(media: MediaUri): Promise<void> {
    await this.answered();
    await this.#does('speaks').play({ media });
  }

  async hangup(): Promise<void> {
    await this.#does('hangs up').hangup();
    await this.ended();
  }

  /** Until its call is answered. */
  async answered(): Promise<void> {
    await this.#until('be answered', () => this.#state === 'talking');
  }

  /** Until something was played to it in this call, or begins to be. */
  async hears(media: string): Promise<void> {
    await this.#until(`hear ${media}`, () => this.#heard.has(media));
  }

  /** Until it is in one bridge with another telephone. */
  async isWith(other: string): Promise<void> {
    await this.#until(`be connected with ${other}`, () => this.#isWith(other));
  }

  /** Until its call is over. */
  async ended(): Promise<void> {
    await this.#until('be hung up', () => this.#state === 'idle');
  }

  /** It calls by this channel. */
  calls(channel: ChannelHandle): void {
    this.#begin(channel);
    this.#say(`${this.#name} calls`);
  }

  /** Its end of the call is in the application of the telephones: it has called and is answered, or is called. */
  entered(channel: Channel): void {
    if (this.#channel?.id === channel.id) {
      this.#enter('talking');
      return;
    }
    this.#begin(channel);
    void channel.ring().then(
      () => this.#enter('ringing'),
      () => undefined,
    );
  }

  left(channelId: string): void {
    if (this.#channel?.id === channelId) this.#enter('idle');
  }

  heard(media: string): void {
    this.#heard.add(media);
    this.changed();
  }

  /** Of a demonstration that failed, no call may be left. */
  async dispose(): Promise<void> {
    if (this.#state !== 'idle') await this.#channel?.hangup().catch(() => undefined);
  }

  changed(): void {
    this.#changes.emit('change');
  }

  #begin(channel: ChannelHandle | Channel): void {
    this.#channel = channel;
    this.#heard.clear();
    this.#enter('calling');
  }

  #enter(state: PhoneState): void {
    this.#state = state;
    this.changed();
  }

  #does(what: string): ChannelHandle | Channel {
    if (this.#channel === undefined) throw new Error(`${this.#name} is in no call`);
    this.#say(`${this.#name} ${what}`);
    return this.#channel;
  }

  async #until(what: string, check: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(30_000);
    try {
      while (!check()) await once(this.#changes, 'change', { signal });
    } catch (cause) {
      const state = `it is ${this.#state} and has heard ${[...this.#heard].join(', ') || 'nothing'}`;
      throw new Error(`${this.#name} did not ${what} within 30 s; ${state}`, { cause });
    }
  }
}
