import { AriAbortError, AriClient, AriConnectionError, AriHttpError, AriTimeoutError, type Fetch } from 'asterisk-ari';
import { afterEach, describe, expect, it, vi } from 'vitest';

/** What may become of one attempt, and whether Asterisk may have carried the request out then. */
const attempts = {
  refused: { mayBeDone: false, send: () => fail('ECONNREFUSED') },
  lost: { mayBeDone: true, send: () => fail('ECONNRESET') },
  'bad gateway': { mayBeDone: true, send: () => answer(502, { message: 'Bad Gateway' }) },
  'not booted': { mayBeDone: false, send: () => answer(503, { message: 'Asterisk not booted' }) },
  'not found': { mayBeDone: true, send: () => answer(404, { message: 'Not found' }) },
  done: { mayBeDone: true, send: () => answer(200, { id: 'x' }) },
} as const satisfies Record<string, { readonly mayBeDone: boolean; readonly send: () => Response }>;

type Attempt = keyof typeof attempts;

interface Kind {
  readonly method: string;
  readonly send: (client: AriClient, options: object) => Promise<unknown>;
}

const kinds: Readonly<Record<string, Kind>> = {
  GET: { method: 'GET', send: ({ bridges }, options) => bridges.get({ bridgeId: 'x' }, options) },
  PUT: {
    method: 'PUT',
    send: ({ deviceStates }, options) => {
      return deviceStates.update({ deviceName: 'Stasis:x', deviceState: 'BUSY' }, options);
    },
  },
  'DELETE of an object': {
    method: 'DELETE',
    send: ({ channels }, options) => channels.hangup({ channelId: 'x' }, options),
  },
  'DELETE of a state': {
    method: 'DELETE',
    send: ({ channels }, options) => channels.unhold({ channelId: 'x' }, options),
  },
  POST: { method: 'POST', send: ({ channels }, options) => channels.answer({ channelId: 'x' }, options) },
  'POST under an id of ours': {
    method: 'POST',
    send: ({ bridges }, options) => bridges.createWithId({ bridgeId: 'x' }, options),
  },
};

const kindNames = Object.keys(kinds);

function fail(code: string): never {
  throw Object.assign(new Error('no'), { code });
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status });
}

const words = '; an earlier attempt may have been carried out';

let client: AriClient;

afterEach(async () => {
  vi.restoreAllMocks();
  await client.close();
});

/** A client whose attempts find what is said, in turn, and then nobody. Returns what those of this method have found. */
function finding(method: string, sequence: readonly Attempt[], delayMs = 0): Attempt[] {
  const found: Attempt[] = [];
  const fetch: Fetch = async (_url, init) => {
    if (init.method !== method) {
      // By this a creation whose answer was lost is confirmed.
      return attempts['not found'].send();
    }
    const next = sequence[found.length] ?? 'refused';
    found.push(next);
    return attempts[next].send();
  };
  const retry = { maxRetries: 2, minDelayMs: delayMs, maxDelayMs: delayMs };
  client = new AriClient({ url: 'http://127.0.0.1', username: 'ari', password: 'secret', fetch, retry });
  return found;
}

/** All sequences of so many attempts. */
function sequences(length: number): readonly Attempt[][] {
  const names = Object.keys(attempts) as Attempt[];
  return length === 0 ? [[]] : sequences(length - 1).flatMap((before) => names.map((name) => [...before, name]));
}

function mayBeDone(found: readonly Attempt[]): boolean {
  return found.some((name) => attempts[name].mayBeDone);
}

describe.each(kindNames)('%s, whatever its attempts find', (name) => {
  const { method, send } = kinds[name] as Kind;

  it('is told as not sent if none of them can have been carried out, and only then', async () => {
    for (const sequence of sequences(3)) {
      const found = finding(method, sequence);
      const error: unknown = await send(client, {}).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const seen = found.join(', ');
      const last = found.at(-1) as Attempt;
      if (last === 'refused' || last === 'lost') {
        expect(error, seen).toBeInstanceOf(AriConnectionError);
        const { message, delivery, cause } = error as AriConnectionError;
        expect(delivery, seen).toBe(mayBeDone(found) ? 'outcomeUnknown' : 'notSent');
        const hidesMore = last === 'refused' && mayBeDone(found);
        expect(message.endsWith(words), seen).toBe(hidesMore);
        expect(cause, seen).toMatchObject(hidesMore ? { delivery: 'notSent' } : { message: 'no' });
      } else {
        expect(error === undefined || error instanceof AriHttpError, seen).toBe(true);
      }
      await client.close();
    }
  });
});

describe.each(kindNames.filter((name) => name !== 'POST'))('%s, about to be repeated', (name) => {
  const { method, send } = kinds[name] as Kind;

  it.each([
    [['lost', 'refused']],
    [['refused', 'lost']],
    [['refused', 'refused']],
    [['not booted', 'refused']],
  ] as const)('tells what became of %j when it is given up, or its time is over', async (sequence) => {
    const end = new AbortController();
    const ends = [
      { options: { signal: end.signal }, errorClass: AriAbortError },
      { options: { timeoutMs: 40 }, errorClass: AriConnectionError },
    ];
    for (const { options, errorClass } of ends) {
      const found = finding(method, sequence, 2_000_000_000);
      // No pause before the second attempt, a long one after it.
      vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValue(1);
      const asked = send(client, options).catch((reason: unknown) => reason);
      await vi.waitFor(() => expect(found).toHaveLength(2));
      await new Promise((resolve) => setImmediate(resolve));
      end.abort();
      const error = await asked;
      expect(error).toBeInstanceOf(errorClass);
      expect(error).toMatchObject({ delivery: mayBeDone(found) ? 'outcomeUnknown' : 'notSent' });
      await client.close();
    }
  });
});

describe('a request whose answer was lost, and which waits to be sent again', () => {
  /** Its first attempt is lost, after which another request keeps the only connection. */
  function asked(options: object): Promise<unknown> {
    const fetch: Fetch = (_url, { method }) => (method === 'GET' ? new Promise(() => undefined) : lose());
    const retry = { minDelayMs: 0, maxDelayMs: 0 };
    client = new AriClient({ url: 'http://127.0.0.1', username: 'a', password: 'b', fetch, retry, maxSockets: 1 });
    const failure = client.channels.hangup({ channelId: 'x' }, options).catch((reason: unknown) => reason);
    client.asterisk.ping().catch(() => undefined);
    return failure;
  }

  async function lose(): Promise<never> {
    return fail('ECONNRESET');
  }

  it('is a timeout when its time is over, and may have been carried out', async () => {
    const error = await asked({ timeoutMs: 60 });
    expect(error).toBeInstanceOf(AriTimeoutError);
    const message = `channels.hangup was not sent within 60 ms${words}`;
    expect(error).toMatchObject({ message, timeoutMs: 60, delivery: 'outcomeUnknown' });
  });

  it('is aborted when it is given up, for the reason that was given, and may have been carried out', async () => {
    const end = new AbortController();
    const failure = asked({ signal: end.signal });
    await new Promise((resolve) => setTimeout(resolve, 40));
    end.abort('enough');
    const error = await failure;
    expect(error).toBeInstanceOf(AriAbortError);
    expect(error).toMatchObject({
      message: `channels.hangup was aborted${words}`,
      delivery: 'outcomeUnknown',
      cause: 'enough',
    });
  });
});
