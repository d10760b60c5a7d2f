import { app, type SceneScript } from '../scene.js';

export const channels: readonly SceneScript[] = [
  {
    name: 'a channel is originated, looked at, commanded and hung up',
    async run(scene) {
      const created = await scene.call<{ id: string }>('channels.originate', {
        endpoint: 'Local/wait@default/n',
        app,
        appArgs: 'one,two words,',
        callerId: 'Ann <100>',
        variables: { FIRST: 'a' },
      });
      const { id: channelId } = created;
      await scene.until('StasisStart', ({ channel }) => channel.id === channelId);
      await scene.call('channels.list');
      await scene.call('channels.get', { channelId });
      for (const operation of ['answer', 'ring', 'ringStop', 'hold', 'unhold', 'startMoh', 'stopMoh']) {
        await scene.call(`channels.${operation}`, { channelId });
      }
      for (const operation of ['mute', 'unmute']) {
        await scene.call(`channels.${operation}`, { channelId, direction: 'both' });
      }
      await scene.attempt('channels.mute', { channelId });
      await scene.call('channels.startSilence', { channelId });
      await scene.call('channels.stopSilence', { channelId });
      if (scene.has('channels.progress')) {
        await scene.call('channels.progress', { channelId });
      }
      await scene.call('channels.hangup', { channelId, reason: 'busy' });
      await scene.until('ChannelDestroyed', ({ channel }) => channel.id === channelId);
      await scene.attempt('channels.get', { channelId });
    },
  },
  {
    name: 'digits come and go',
    async run(scene) {
      const channelId = await scene.enter('Local/dtmf@default/n');
      await scene.call('channels.sendDTMF', { channelId, dtmf: '12A' });
      await scene.until('ChannelDtmfReceived', ({ digit }) => digit === '#');
    },
  },
  {
    name: 'variables, caller id and connected line',
    async run(scene) {
      const channelId = await scene.enter();
      const set = (variable: string, value: string) =>
        scene.call('channels.setChannelVar', { channelId, variable, value });
      await set('CORPUS', 'x, "y"');
      await scene.call('channels.getChannelVar', { channelId, variable: 'CORPUS' });
      await scene.attempt('channels.getChannelVar', { channelId, variable: 'NOT_THERE' });
      await set('CALLERID(num)', '200');
      await set('CALLERID(name)', 'Bob');
      await set('CALLERID(num-pres)', 'prohib');
      await set('CALLERID(rdnis)', '300');
      await set('CONNECTEDLINE(num)', '400');
      await set('CHANNEL(accountcode)', 'account');
      await set('CHANNEL(language)', 'de');
      if (scene.has('channels.setChannelVars')) {
        await set('CHANNEL(tenantid)', 'tenant');
        const variables = { ONE: '1', TWO: { value: '2', report_events: true } };
        await scene.call('channels.setChannelVars', { channelId, variables });
        await scene.call('channels.getChannelVars', { channelId, variables: 'ONE,TWO' });
      }
      await scene.until('ChannelCallerId');
      await scene.until('ChannelConnectedLine');
      await scene.call('channels.get', { channelId });
      await set('CORPUS', '');
    },
  },
  {
    name: 'a channel is created, then dialled',
    async run(scene) {
      const created = await scene.call<{ id: string }>('channels.create', { endpoint: 'Local/ring@default/n', app });
      const channelId = created.id;
      await scene.until('StasisStart', ({ channel }) => channel.id === channelId);
      await scene.attempt('channels.mute', { channelId, direction: 'in' });
      await scene.call('channels.dial', { channelId, timeout: 2 });
      await scene.until('Dial', ({ dialstatus }) => dialstatus === 'RINGING');
      await scene.until('ChannelDestroyed', ({ channel }) => channel.id === channelId);
    },
  },
  {
    name: 'calls that are answered, busy, and congested',
    async run(scene) {
      const caller = await scene.enter();
      for (const extension of ['wait', 'busy', 'congestion']) {
        const { id } = await scene.call<{ id: string }>('channels.create', {
          endpoint: `Local/${extension}@default/n`,
          app,
          originator: caller,
        });
        await scene.until('StasisStart', ({ channel }) => channel.id === id);
        await scene.call('channels.dial', { channelId: id, caller, timeout: 5 });
      }
      for (const status of ['ANSWER', 'BUSY', 'CONGESTION']) {
        await scene.until('Dial', ({ dialstatus }) => dialstatus === status);
      }
    },
  },
  {
    name: 'a channel leaves for the dialplan, and is redirected',
    async run(scene) {
      const channelId = await scene.enter();
      await scene.call('channels.continueInDialplan', {
        channelId,
        context: 'default',
        extension: 'wait',
        priority: 1,
      });
      await scene.until('StasisEnd', ({ channel }) => channel.id === channelId);
      await scene.attempt('channels.answer', { channelId });
      const other = await scene.enter('PJSIP/wait@loop');
      await scene.call('channels.redirect', { channelId: other, endpoint: `PJSIP/loop` });
      const place = { context: 'default', extension: 'nowhere', priority: 1 };
      const third = await scene.enter();
      await scene.call('channels.continueInDialplan', { channelId: third, ...place });
      await scene.until('ChannelDestroyed', ({ channel }) => channel.id === third);
    },
  },
  {
    name: 'a channel enters from the dialplan',
    async run(scene) {
      await scene.dialplan('Local/stasis-corpus@default/n', 'wait');
      await scene.until('StasisStart', ({ args }) => args.join() === 'a,b');
    },
  },
  {
    name: 'channels are spied on',
    async run(scene) {
      const channelId = await scene.enter('Local/talk@default/n');
      const snoop = { channelId, app, spy: 'both', whisper: 'out', appArgs: 'spying' };
      await scene.call('channels.snoopChannel', snoop);
      await scene.call('channels.snoopChannelWithId', { ...snoop, snoopId: 'corpus-snoop' });
      await scene.until('StasisStart', ({ channel }) => channel.id === 'corpus-snoop');
    },
  },
  {
    name: 'talking is detected',
    async run(scene) {
      const channelId = await scene.enter('Local/talker@default/n');
      await scene.call('channels.setChannelVar', { channelId, variable: 'TALK_DETECT(set)', value: '400,128' });
      const bridgeId = await scene.bridge('mixing', channelId);
      await scene.until('ChannelTalkingStarted');
      await scene.until('ChannelTalkingFinished');
      await scene.call('bridges.destroy', { bridgeId });
    },
  },
  {
    name: 'a tone is detected',
    since: 22,
    async run(scene) {
      const channelId = await scene.enter('Local/tone@default/n');
      await scene.call('channels.setChannelVar', { channelId, variable: 'TONE_DETECT(1004,300)', value: '' });
      await scene.bridge('mixing', channelId);
      await scene.until('ChannelToneDetected');
    },
  },
  {
    name: 'media outside of Asterisk',
    async run(scene) {
      const format = { app, format: 'ulaw' };
      const external_host = '127.0.0.1:9';
      const media = await scene.call<{ id: string }>('channels.externalMedia', {
        ...format,
        external_host,
        data: 'a,b',
      });
      await scene.until('StasisStart', ({ channel }) => channel.id === media.id);
      await scene.attempt('channels.rtpStatistics', { channelId: media.id });
      if (scene.has('events.claimChannel')) {
        const socket = { transport: 'websocket', encapsulation: 'none', connection_type: 'server' };
        await scene.call('channels.externalMedia', { ...format, ...socket });
      }
      await scene.attempt('channels.externalMedia', { ...format, external_host: 'nonsense' });
    },
  },
  {
    name: 'channels with RTP have statistics',
    async run(scene) {
      const channelId = await scene.enter('PJSIP/talk@loop');
      await scene.wait(1_000);
      await scene.call('channels.rtpStatistics', { channelId });
      await scene.call('channels.get', { channelId });
      const local = await scene.enter();
      await scene.attempt('channels.rtpStatistics', { channelId: local });
    },
  },
];
