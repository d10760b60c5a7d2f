import type { ChannelHandle } from 'asterisk-ari';
import fc from 'fast-check';
import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { patience, type Scenario, type World } from '../../world.js';

/** Everything that Asterisk takes for its own when it separates arguments, and some that other splitters do. */
const character = fc.constantFrom(...`ab,,"\\()[]{}$|;=&' \n☎`);
const item = fc.oneof(fc.string({ unit: character, maxLength: 8 }), fc.json({ maxDepth: 1 }));
const items = fc.array(item, { minLength: 1, maxLength: 5 }).filter((list) => list.length > 1 || list[0] !== '');

/** Texts, and what Asterisk makes of them. */
const texts: readonly (readonly [text: string, args: readonly string[]])[] = [
  ['', []],
  [',', ['', '']],
  ['a,,b,', ['a', '', 'b', '']],
  ['""', ['', '']],
  ['a,""', ['a', '', '']],
  ['"",a', ['', 'a']],
  ['"a,b",c', ['a,b', 'c']],
  ['a"b,c', ['ab,c']],
  ['"(",b,c', ['(,b,c']],
  ['\\"a,b\\\\', ['"a', 'b\\']],
  ['(a,b),c[d,e]', ['(a,b)', 'c[d,e]']],
  ['(a],b)],c', ['(a],b)]', 'c']],
  [' a , b ', [' a ', ' b ']],
  [Array.from({ length: 130 }, () => '"x"').join(','), [...Array.from({ length: 127 }, () => 'x'), '"x","x","x"']],
];

/** The ways into an application that take arguments. */
type Way = (channel: ChannelHandle, app: string, args: readonly string[]) => Promise<unknown>;

export const args: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'arguments given as a list arrive as that list, whatever they are, however the channel is made',
    async run(world) {
      const spied = await enterStasis(world);
      const endpoint = 'Local/wait@default/n';
      await arriveWhole(world, (channel, app, appArgs) => channel.originateWithId({ endpoint, app, appArgs }));
      await arriveWhole(world, (channel, app, appArgs) => channel.create({ endpoint, app, appArgs }));
      await arriveWhole(world, (snoopId, app, appArgs) => spied.snoopChannel({ snoopId, spy: 'in', app, appArgs }));
      await spied.hangup();
    },
  },
  {
    area: 'channels',
    name: 'arguments given as a text are taken apart by Asterisk in its own way',
    async run({ client, app }) {
      for (const [appArgs, expected] of texts) {
        const channel = client.channels.handle();
        const entered = channel.waitFor('StasisStart', patience);
        await channel.originateWithId({ endpoint: 'Local/wait@default/n', app, appArgs });
        expect([appArgs, (await entered).args]).toEqual([appArgs, expected]);
        await channel.hangup();
      }
    },
  },
  {
    area: 'channels',
    name: 'arguments given as a text to a channel that is moved are separated by every comma, quotes and all',
    async run(world) {
      const channel = await enterStasis(world);
      for (const [appArgs, expected] of [
        ['a,"b c",d', ['a', '"b c"', 'd']],
        ['"a,b",c', ['"a', 'b"', 'c']],
        [String.raw`a\,b`, ['a\\', 'b']],
        ['(a,b)', ['(a', 'b)']],
        ['a,,b', ['a', 'b']],
      ] as const) {
        const entered = channel.waitFor('StasisStart', patience);
        await channel.move({ app: world.app, appArgs });
        expect([appArgs, (await entered).args]).toEqual([appArgs, expected]);
      }
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'the data of external media given as a list is the arguments',
    since: 22,
    async run(world) {
      const media = { external_host: '127.0.0.1:9', format: 'ulaw' } as const;
      await arriveWhole(world, (channel, app, data) => channel.externalMedia({ ...media, app, data }));
    },
  },
  {
    area: 'channels',
    name: 'a channel that is moved takes its arguments along',
    async run(world) {
      const channel = await enterStasis(world);
      const bare = fc.array(
        fc.string({ unit: character, minLength: 1, maxLength: 8 }).map((text) => text.replaceAll(',', '-')),
        {
          maxLength: 5,
        },
      );
      await fc.assert(
        fc.asyncProperty(bare, async (appArgs) => {
          const entered = channel.waitFor('StasisStart', patience);
          await channel.move({ app: world.app, appArgs });
          expect((await entered).args).toEqual(appArgs);
        }),
        { numRuns: 25, seed: 1 },
      );
      await channel.hangup();
    },
  },
];

async function arriveWhole({ client, app }: World, enter: Way): Promise<void> {
  const arrives = fc.asyncProperty(items, async (appArgs) => {
    const channel = client.channels.handle();
    const entered = channel.waitFor('StasisStart', patience);
    await enter(channel, app, appArgs);
    expect((await entered).args).toEqual(appArgs);
    await channel.hangup();
  });
  const long = Array.from({ length: 128 }, (_, index) => String(index));
  await fc.assert(arrives, { numRuns: 25, seed: 1, examples: [[['a', '']], [['', '']], [['${A}', '$[1+1]']], [long]] });
}
