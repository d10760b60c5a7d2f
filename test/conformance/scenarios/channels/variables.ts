import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const variables: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'variables can be set at the start, set and read',
    async run(world) {
      const { client, app } = world;
      const channel = client.channels.handle();
      const entered = channel.waitFor('StasisStart', patience);
      const given = { FIRST: 'a, "b"', 'CALLERID(name)': 'Ann' };
      await channel.originateWithId({ endpoint: 'Local/wait@default', app, variables: given });
      await entered;
      expect(await channel.getChannelVar({ variable: 'FIRST' })).toEqual({ value: 'a, "b"' });
      const changed = channel.waitFor('ChannelVarset', { ...patience, where: ({ variable }) => variable === 'SECOND' });
      await channel.setChannelVar({ variable: 'SECOND', value: 'x y' });
      expect((await changed).value).toBe('x y');
      expect(await channel.getChannelVar({ variable: 'SECOND' })).toEqual({ value: 'x y' });
      await expectRefusal(channel.getChannelVar({ variable: 'ABSENT' }), 404, 'Provided variable was not found');
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'functions of the dialplan are written at the start as variables are, before the far end is called',
    since: 22,
    async run(world) {
      const { client, app } = world;
      const channel = client.channels.handle();
      const entered = channel.waitFor('StasisStart', patience);
      const variables = {
        'CALLERID(num)': '7',
        'CONNECTEDLINE(name)': 'Bea',
        'CHANNEL(language)': 'fr',
        'CHANNEL(accountcode)': 'sales',
        'NO_SUCH_FUNCTION(x)': 'y',
        PLAIN: '1',
      };
      const place = { endpoint: 'Local/wait@default/n', callerId: 'Zoe <5>', app };
      const answer = await channel.originateWithId({ ...place, variables });
      const parties = { caller: { name: 'Zoe', number: '7' }, connected: { name: 'Bea', number: '5' } };
      expect(answer.toJSON()).toMatchObject({ ...parties, language: 'fr', accountcode: 'sales' });
      await entered;
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'functions written when a channel is created are told to its application',
    since: 22,
    async run(world) {
      const { client, app } = world;
      const channel = client.channels.handle();
      const entered = channel.waitFor('StasisStart', patience);
      const variables = { 'CALLERID(num)': '7', 'CHANNEL(language)': 'fr', PLAIN: '1' };
      await client.channels.create({ endpoint: 'Local/wait@default/n', app, channelId: channel.id, variables });
      expect((await entered).channel.toJSON()).toMatchObject({ caller: { number: '7' }, language: 'fr' });
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'several variables are set and read at once',
    since: 22,
    async run(world) {
      const channel = await enterStasis(world);
      await channel.setChannelVars({ variables: { ONE: '1', TWO: { value: '2', report_events: true } } });
      const { variables: read } = await channel.getChannelVars({ variables: ['ONE', 'TWO'] });
      expect(read).toEqual({ ONE: '1', TWO: '2' });
      expect((await channel.get()).channelvars).toMatchObject({ TWO: '2' });
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'several variables are refused when one is missing or no string',
    since: 22,
    async run(world) {
      const channel = await enterStasis(world);
      const path = `/channels/${channel.id}/variables`;
      await expectRaw(world.raw('GET', path), 400, 'At least one variable name is required');
      await expectRaw(world.raw('GET', `${path}?variables=ABSENT`), 404, 'Provided variable was not found');
      await expectRaw(world.raw('POST', path, { body: {} }), 400, "The 'variables' field must be a JSON object");
      const number = world.raw('POST', path, { body: { variables: { A: 1 } } });
      const message =
        "Each value in 'variables' must be a string or an object with 'value' and optional 'report_events'";
      await expectRaw(number, 400, message);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'functions of the dialplan are read and written as variables are',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      expect(await channel.getChannelVar({ variable: 'CHANNEL(state)' })).toEqual({ value: 'Up' });
      await channel.setChannelVar({ variable: 'CALLERID(num)', value: '200' });
      const caller = await ear.until('ChannelCallerId', (event) => event.channel.caller.number === '200');
      expect(caller.caller_presentation_txt).toBe('Presentation Allowed, Not Screened');
      await channel.setChannelVar({ variable: 'CONNECTEDLINE(num)', value: '300' });
      const connected = await ear.until('ChannelConnectedLine');
      expect(connected.channel.connected.number).toBe('300');
      await channel.setChannelVar({ variable: 'CHANNEL(language)', value: 'de' });
      // 16 shows the new language only after something else has changed.
      expect((await channel.get()).language).toBe(world.server.major >= 22 ? 'de' : 'en');
      const unknown = channel.getChannelVar({ variable: 'NO_SUCH_FUNCTION(x)' });
      await expectRefusal(unknown, 500, 'Unable to read provided function');
      await channel.hangup();
    },
  },
];
