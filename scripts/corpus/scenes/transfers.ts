import type { Scene, SceneScript } from '../scene.js';

export const transfers: readonly SceneScript[] = [
  {
    name: 'a party transfers the other by digits',
    async run(scene) {
      await scene.dialplan('Local/call@corpus/n', 'blind');
      await scene.until('BridgeBlindTransfer');
      await scene.wait(500);
    },
  },
  {
    name: 'a party transfers after asking: two bridges become one',
    async run(scene) {
      await attended(scene, '600', '', '0');
      await scene.until('BridgeAttendedTransfer');
      await scene.wait(500);
    },
  },
  {
    name: 'a party transfers after asking: all three stay',
    async run(scene) {
      await attended(scene, '600', '*3', '5');
      await scene.until('BridgeAttendedTransfer', ({ destination_type }) => destination_type === 'threeway');
      await scene.wait(500);
    },
  },
  {
    name: 'a party transfers after asking: into an application',
    async run(scene) {
      await attended(scene, '601', '', '0');
      await scene.until('BridgeAttendedTransfer');
      await scene.wait(500);
    },
  },
  {
    name: 'a SIP phone transfers: in a bridge of the dialplan',
    async run(scene) {
      const channelId = await scene.enter('PJSIP/sip-call@loop');
      await refer(scene, channelId);
      await scene.until('BridgeBlindTransfer', ({ is_external }) => is_external);
      await scene.wait(500);
    },
  },
  {
    name: 'a SIP phone transfers: in a bridge of an application',
    async run(scene) {
      const channelId = await scene.enter('PJSIP/sip-stasis@loop');
      const { channel } = await scene.until('StasisStart', ({ args }) => args.join() === 'sip');
      const other = await scene.enter('Local/600@corpus/n');
      const bridgeId = await scene.bridge('mixing', channel.id, other);
      await scene.until('ChannelEnteredBridge', (event) => event.channel?.id === other);
      await refer(scene, channelId);
      await scene.until('BridgeBlindTransfer', ({ bridge }) => bridge?.id === bridgeId);
      await scene.wait(500);
    },
  },
  {
    name: 'a SIP phone asks an application for a transfer',
    since: 22,
    async run(scene) {
      const channelId = await scene.enter('PJSIP/sip-asks@loop');
      const { channel } = await scene.until('StasisStart', ({ args }) => args.join() === 'sip');
      const other = await scene.enter('Local/600@corpus/n');
      await scene.bridge('mixing', channel.id, other);
      await scene.until('ChannelEnteredBridge', (event) => event.channel?.id === other);
      await refer(scene, channelId);
      await scene.until('ChannelTransfer');
      for (const states of ['channel_progress', 'channel_answered']) {
        await scene.attempt('channels.transferProgress', { channelId: channel.id, states });
      }
      await scene.wait(500);
    },
  },
  {
    name: 'a call is forwarded by the phone called',
    async run(scene) {
      await scene.dialplan('Local/forwarded@corpus/n', 'wait');
      await scene.until('Dial', ({ forwarded }) => forwarded !== undefined);
      await scene.wait(500);
    },
  },
];

/** The caller calls somebody, asks a third party, then does as told: digits, and how long it stays. */
function attended(scene: Scene, target: string, finish: string, stay: string): Promise<string> {
  const variables = { TARGET: target, FINISH: finish, STAY: stay };
  return scene.dialplan('Local/call@corpus/n', 'attended', { variables });
}

/** The near end of a call to ourselves asks the far end to call somebody else. */
async function refer(scene: Scene, channelId: string): Promise<void> {
  const place = { context: 'corpus', extension: 'refer', priority: 1 };
  await scene.call('channels.continueInDialplan', { channelId, ...place });
}
