import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { openMedia } from 'asterisk-ari/media';
import { record } from 'asterisk-ari/trace';
import { startAsterisk, type Phone, type TestAsterisk } from 'asterisk-ari/testing';

/** What the pages call the application of their client. */
const app = 'hello';

/** Endpoints that the pages call: each answers at once. */
const callees = ['PJSIP/100', 'PJSIP/carol', 'PJSIP/ann', 'PJSIP/alice', 'PJSIP/bob', 'PJSIP/sales'];

/** Stands for something of the reader's own: whatever it is asked to do, it does nothing, and it has nothing to say. */
const silent: unknown = new Proxy(() => undefined, {
  get(_, name) {
    if (name === Symbol.asyncIterator) return async function* () {};
    return name === 'then' ? undefined : silent;
  },
});

/** What a page names as the application of a call. */
function applicationsIn(code: string): string[] {
  return [...code.matchAll(/\bapp: '(\w+)'/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** A double, and what stands on it for the names that a page takes for granted. */
export class Stage {
  readonly asterisk: TestAsterisk;
  #client: AriClient | undefined;
  readonly #called = new Set<string>();
  readonly #phones: Phone[] = [];

  private constructor(asterisk: TestAsterisk) {
    this.asterisk = asterisk;
  }

  static async set(): Promise<Stage> {
    const hey = { password: 'peekaboo' };
    const users = { hey, ari: { password: 'ari-secret' }, monitor: { password: 'monitor-secret', readOnly: true } };
    const asterisk = await startAsterisk({ users, sounds: { 'asterisk-friend': 2_180 } });
    for (const callee of callees) asterisk.phone(callee).manner = 'answer';
    return new Stage(asterisk);
  }

  /** A value for a name that a page declares, by its type and what it does; undefined where there is none for it. */
  async valueOf(name: string, type: string, code: string): Promise<unknown> {
    switch (type) {
      case 'TestAsterisk':
        return this.asterisk;
      case 'AriClient':
        return code.includes(`${name}.start(`) ? this.#connected() : this.#started(...applicationsIn(code));
      case 'Channel':
        return this.#enter(await this.#started());
      case 'Phone':
        await this.#enter(await this.#started());
        return this.#phones.at(-1);
      case 'string':
        return name === 'password' ? 'peekaboo' : undefined;
      case 'Buffer':
        return Buffer.alloc(32 * 200, 1);
      case 'Media':
        return openMedia(await this.#started(), { app, format: 'slin16' });
      case 'Recorder':
        return record();
      default:
        return type.startsWith('{') ? silent : undefined;
    }
  }

  /** Calls every application that nobody has called yet, and presses a key once it is answered. */
  async callIn(): Promise<void> {
    for (const name of await this.#applications()) {
      if (!this.#called.has(name)) {
        const phone = this.#call(name);
        phone.answered({ timeoutMs: 2_000 }).then(
          () => phone.press('1'),
          () => undefined,
        );
      }
    }
  }

  /** Resolves when the listeners of the page's client have nothing more to do, or after a moment. */
  async settle(): Promise<void> {
    await this.#client?.idle({ timeoutMs: 300 }).catch(() => undefined);
  }

  /** Ends everything. */
  async strike(): Promise<void> {
    for (const phone of this.#phones) {
      // Which it cannot any more, if its call is over.
      try {
        phone.hangup();
      } catch {}
    }
    await this.#client?.close();
    await this.asterisk.close();
  }

  /** None where the page has the double fail. */
  async #applications(): Promise<string[]> {
    const { url, username, password } = this.asterisk;
    const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
    try {
      const answer = await fetch(new URL('/ari/applications', url), { headers, signal: AbortSignal.timeout(200) });
      return ((await answer.json()) as { name: string }[]).map(({ name }) => name);
    } catch {
      return [];
    }
  }

  async #connected(): Promise<AriClient> {
    const { url, username, password } = this.asterisk;
    this.#client ??= await connect(url, username, password, { listenerErrors: 'throw' });
    return this.#client;
  }

  /** @param others applications that the page takes for started, besides the usual one */
  async #started(...others: readonly string[]): Promise<AriClient> {
    const client = await this.#connected();
    if (client.state === 'closed') await client.start([app, ...others]);
    return client;
  }

  async #enter(client: AriClient): Promise<Channel> {
    const entered = client.waitFor('StasisStart', { timeoutMs: 4_000 });
    this.#call(app);
    const { channel } = await entered;
    await channel.answer();
    return channel;
  }

  #call(name: string): Phone {
    this.#called.add(name);
    const phone = this.asterisk.call({ to: `stasis-${name}`, from: `Ann <${100 + this.#phones.length}>` });
    this.#phones.push(phone);
    return phone;
  }
}
