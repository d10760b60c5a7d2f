import { connect, type AriClient, type ChannelHandle } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { parse, record, replay, stringify, type Trace } from 'asterisk-ari/trace';
import { afterEach, describe, expect, it } from 'vitest';

type Behaviour = (client: AriClient, channel: ChannelHandle, caller: string) => Promise<void>;

const asterisks: TestAsterisk[] = [];
const clients: AriClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(asterisks.splice(0).map((asterisk) => asterisk.close()));
});

async function start(behave: Behaviour): Promise<[TestAsterisk, AriClient]> {
  const asterisk = await startAsterisk();
  asterisks.push(asterisk);
  asterisk.phone('alice');
  const client = await connect(asterisk.url, asterisk.username, asterisk.password);
  clients.push(client);
  client.channels.on('StasisStart', (handle, { channel }) => behave(client, handle, channel.caller.name));
  await client.start('menu');
  return [asterisk, client];
}

/** What was recorded of a run, after a way through JSON. */
async function recorded(
  behave: Behaviour,
  run: (asterisk: TestAsterisk, client: AriClient) => Promise<void>,
): Promise<Trace> {
  const [asterisk, client] = await start(behave);
  using recorder = record({ clients: { menu: client } });
  await run(asterisk, client);
  await client.idle({ timeoutMs: 5_000 });
  return parse(stringify(recorder.entries));
}

async function replayed(trace: Trace, behave: Behaviour): Promise<string> {
  const [asterisk] = await start(behave);
  return String(await replay(trace, asterisk, { timeoutMs: 500 }));
}

/** The same, with a caller who has waited a second before he pressed a key. */
function hesitant(trace: Trace): Trace {
  const key = trace.findIndex((entry) => entry.kind === 'event' && entry.type === 'ChannelDtmfReceived');
  return trace.map((entry, index) => (index < key ? entry : { ...entry, at: entry.at + 1_000 }));
}

/** Ann is greeted, presses 1, and is hung up on. */
async function oneKey(asterisk: TestAsterisk, client: AriClient): Promise<void> {
  const ann = asterisk.call({ to: 'stasis-menu', from: 'Ann <555>' });
  await ann.hears('sound:hello-world');
  await client.idle({ timeoutMs: 5_000 });
  ann.press('1');
  await ann.ended();
}

type Make = (client: AriClient, channel: ChannelHandle) => Promise<() => Promise<void>>;

/** What names nothing that was there before, and what is done with it at the key. */
const makes: Readonly<Record<string, Make>> = {
  createWithId: async (client, channel) => {
    const bridge = await client.bridges.create({ type: 'mixing' });
    return () => bridge.addChannel({ channel });
  },
  'originate PJSIP/alice': async (client) => {
    await client.channels.originate({ endpoint: 'PJSIP/alice', app: 'menu' });
    return async () => undefined;
  },
  update: async (client) => {
    await client.deviceStates.update({ deviceName: 'Stasis:desk', deviceState: 'BUSY' });
    return async () => undefined;
  },
};

/** Makes it at once, after answering, after greeting, or when a key is pressed. */
function making(make: Make, when: 'at once' | 'answered' | 'greeted' | 'key'): Behaviour {
  return async (client, channel) => {
    let use: (() => Promise<void>) | undefined;
    const reach = async (moment: string): Promise<void> => {
      if (moment === when) use = await make(client, channel);
    };
    channel.on('ChannelDtmfReceived', async () => {
      await reach('key');
      await use?.();
      await channel.hangup();
    });
    await reach('at once');
    await channel.answer();
    await reach('answered');
    await channel.play({ media: 'sound:hello-world' });
    await reach('greeted');
  };
}

describe.each(Object.entries(makes))('what names nothing that was there before: %s', (words, make) => {
  it('is held to the only call that there was, or that it met', async () => {
    const trace = hesitant(await recorded(making(make, 'key'), oneKey));
    expect(await replayed(trace, making(make, 'key'))).toBe('as recorded');
    const name = words.split(' ').at(-1) ?? '';
    const told = async (when: Parameters<typeof making>[1]): Promise<string> => replayed(trace, making(make, when));
    expect(await told('at once')).toMatch(new RegExp(`^order: .*${name}.* before answer \\(.*\\)$`));
    expect(await told('answered')).toMatch(new RegExp(`^order: .*${name}.* before play sound:hello-world \\(.*\\)$`));
    expect(await told('greeted')).toMatch(
      new RegExp(`^early: .*${name}.*, recorded after ChannelDtmfReceived 1, at .*$`),
    );
  });

  it('may come before what it did not wait for', async () => {
    const both =
      (isFirst: boolean): Behaviour =>
      async (client, channel) => {
        channel.on('ChannelDtmfReceived', () => channel.hangup());
        await channel.answer();
        const play = () => channel.play({ media: 'sound:hello-world' });
        const other = () => make(client, channel);
        await Promise.all((isFirst ? [other, play] : [play, other]).map((act) => act()));
      };
    expect(await replayed(await recorded(both(false), oneKey), both(true))).toBe('as recorded');
  });

  it('is not held to another call of the same time', async () => {
    const trace = await recorded(inTurn(make, 'Ben'), twoCalls);
    expect(trace.filter(({ kind }) => kind === 'request')).not.toHaveLength(0);
    expect(await replayed(trace, inTurn(make, 'Ben'))).toBe('as recorded');
    expect(await replayed(trace, inTurn(make, 'Ann'))).toBe('as recorded');
  });
});

/** Two calls that do the same, one after the other. */
function inTurn(make: Make, first: string): Behaviour {
  let go = (): void => undefined;
  const turn = new Promise<void>((resolve) => {
    go = resolve;
  });
  return async (client, channel, caller) => {
    channel.on('ChannelDtmfReceived', () => channel.hangup());
    const isFirst = caller === first;
    if (!isFirst) await turn;
    await channel.answer();
    const use = await make(client, channel);
    await use();
    await channel.play({ media: 'sound:hello-world' });
    if (isFirst) go();
  };
}

async function twoCalls(asterisk: TestAsterisk, client: AriClient): Promise<void> {
  const both = ['Ann <555>', 'Ben <556>'].map((from) => asterisk.call({ to: 'stasis-menu', from }));
  await Promise.all(both.map((phone) => phone.hears('sound:hello-world')));
  await client.idle({ timeoutMs: 5_000 });
  for (const phone of both) {
    phone.press('1');
    await phone.ended();
  }
}
