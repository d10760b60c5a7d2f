import type { SceneScript } from '../scene.js';

export const applications: readonly SceneScript[] = [
  {
    name: 'an application is listed, subscribes, unsubscribes and filters',
    async run(scene) {
      const applicationName = 'corpus-two';
      await scene.listen(applicationName);
      const channelId = await scene.enter();
      const bridgeId = await scene.bridge();
      const eventSource = `channel:${channelId},bridge:${bridgeId},endpoint:PJSIP/alice,deviceState:Stasis:corpus`;
      await scene.call('applications.get', { applicationName });
      await scene.call('applications.subscribe', { applicationName, eventSource });
      await scene.call('applications.list');
      const filter = { allowed: [{ type: 'StasisStart' }], disallowed: [{ type: 'ChannelVarset' }] };
      await scene.call('applications.filter', { applicationName, filter });
      await scene.call('applications.filter', { applicationName, filter: {} });
      await scene.call('applications.unsubscribe', { applicationName, eventSource: `channel:${channelId}` });
      await scene.attempt('applications.unsubscribe', { applicationName, eventSource: `channel:${channelId}` });
      await scene.attempt('applications.subscribe', { applicationName, eventSource: 'channel:not-there' });
      await scene.attempt('applications.get', { applicationName: 'not-there' });
    },
  },
  {
    name: 'a second connection takes an application over',
    async run(scene) {
      await scene.listen('corpus-three');
      await scene.listen('corpus-three');
      await scene.until('ApplicationReplaced');
    },
  },
  {
    name: 'a channel moves to another application, and to one that is not there',
    async run(scene) {
      await scene.listen('corpus-two');
      const channelId = await scene.enter();
      await scene.call('channels.move', { channelId, app: 'corpus-two', appArgs: 'moved,here' });
      await scene.until('StasisStart', ({ application, channel }) => {
        return application === 'corpus-two' && channel.id === channelId;
      });
      const other = await scene.enter();
      await scene.call('channels.move', { channelId: other, app: 'not-there', appArgs: 'a,b' });
      await scene.until('ApplicationMoveFailed');
    },
  },
  {
    name: 'user events, plain and with objects',
    async run(scene) {
      const channelId = await scene.enter();
      const bridgeId = await scene.bridge();
      const application = 'corpus';
      await scene.call('events.userEvent', { eventName: 'plain', application });
      const variables = { text: 'soup', number: 3, list: ['a'], object: { deep: true }, nothing: null };
      await scene.call('events.userEvent', { eventName: 'rich', application, variables });
      for (const source of [`channel:${channelId}`, `bridge:${bridgeId}`, 'endpoint:PJSIP/loop']) {
        await scene.call('events.userEvent', { eventName: 'sourced', application, source });
      }
      const source = `channel:${channelId},bridge:${bridgeId},endpoint:PJSIP/loop`;
      await scene.call('events.userEvent', { eventName: 'last', application, source });
      await scene.until('ChannelUserevent', ({ eventname }) => eventname === 'last');
      await scene.attempt('events.userEvent', { eventName: 'plain', application: 'not-there' });
    },
  },
  {
    name: 'a call is offered to all applications and claimed',
    since: 22,
    async run(scene) {
      await scene.dialplan('Local/broadcast@default', 'wait', { callerId: 'Ann <100>' });
      const { channel } = await scene.until('CallBroadcast');
      await scene.call('events.claimChannel', { channelId: channel.id, application: 'corpus' });
      await scene.until('CallClaimed');
      await scene.until('StasisStart', (event) => event.channel.id === channel.id);
      await scene.attempt('events.claimChannel', { channelId: channel.id, application: 'corpus' });
    },
  },
  {
    name: 'a call is offered that has no caller',
    since: 22,
    async run(scene) {
      await scene.dialplan('Local/broadcast@default', 'wait');
      await scene.until('CallBroadcast');
    },
  },
];
