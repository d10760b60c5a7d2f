import type { AriClient } from '../sdk.js';

/** Somebody who asks: for the emptiest answer there is, or for what a call needs. */
export interface Asker {
  ping(): Promise<unknown>;
  /** Undefined where there is no Asterisk behind it. */
  readonly client: AriClient | undefined;
}

/** Asks for so long, and tells how long each request took, in milliseconds. */
export type Load = (asker: Asker, ms: number) => Promise<number[]>;

/** So many at a time: as soon as one is answered, the next one is sent. */
export function atATime(concurrency: number): Load {
  return async ({ ping }, ms) => {
    const { latencies, timed } = stopwatch();
    const end = performance.now() + ms;
    const worker = async (): Promise<void> => {
      while (performance.now() < end) await timed(ping);
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return latencies;
  };
}

/** So many a second, whether those before are answered or not; each is timed from when it was due. */
export function perSecond(rate: number): Load {
  return async ({ ping }, ms) => {
    const latencies: number[] = [];
    const pending: Promise<void>[] = [];
    const start = performance.now();
    for (let sent = 0; sent < (rate * ms) / 1000;) {
      const due = start + (sent * 1000) / rate;
      const wait = due - performance.now();
      if (wait > 0) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        continue;
      }
      sent += 1;
      pending.push(ping().then(() => void latencies.push(performance.now() - due)));
    }
    await Promise.all(pending);
    return latencies;
  };
}

/** Calls, so many at a time, and what they send: originate, answer, play, a bridge, hang up. */
export function callsAtATime(concurrency: number, app: string): Load {
  return async ({ client }, ms) => {
    if (client === undefined) throw new Error('calls need an Asterisk');
    const { latencies, timed } = stopwatch();
    const end = performance.now() + ms;
    const worker = async (): Promise<void> => {
      while (performance.now() < end) await call(client, app, timed);
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return latencies;
  };
}

async function call(client: AriClient, app: string, timed: Timed): Promise<void> {
  const channelId = crypto.randomUUID();
  const started = client.channels.handle(channelId).waitFor('StasisStart');
  const channel = await timed(() => client.channels.originate({ endpoint: 'Local/wait@default', app, channelId }));
  await started;
  const ended = channel.waitFor('StasisEnd');
  await timed(() => channel.answer());
  await timed(() => channel.play({ media: 'sound:hello-world' }));
  const bridge = await timed(() => client.bridges.create({ type: 'mixing' }));
  await timed(() => bridge.addChannel({ channel }));
  await timed(() => channel.hangup());
  await ended;
  await timed(() => bridge.destroy());
}

type Timed = <T>(ask: () => Promise<T>) => Promise<T>;

function stopwatch(): { readonly latencies: number[]; readonly timed: Timed } {
  const latencies: number[] = [];
  const timed: Timed = async (ask) => {
    const start = performance.now();
    const answer = await ask();
    latencies.push(performance.now() - start);
    return answer;
  };
  return { latencies, timed };
}
