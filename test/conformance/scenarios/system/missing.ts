import type { MissingThing } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import type { Scenario } from '../../world.js';

type Attempts = readonly (readonly [thing: MissingThing, attempt: () => Promise<unknown>])[];

/** Where an operation is answered with 404 for more than one reason, and where for one. */
export const missing: readonly Scenario[] = [
  {
    area: 'errors',
    name: 'a 404 says what does not exist: the channel, or what was asked of it',
    async run(world) {
      const { client } = world;
      const channel = await enterStasis(world);
      const nobody = client.channels.handle('no-such-channel');
      const place = { endpoint: 'Local/wait@default', context: 'default', extension: 'continue' };
      await expectMissing([
        ['channel', () => nobody.getChannelVar({ variable: 'ABSENT' })],
        ['variable', () => channel.getChannelVar({ variable: 'ABSENT' })],
        ['channel', () => nobody.continueInDialplan({ label: 'absent' })],
        ['label', () => channel.continueInDialplan({ label: 'absent' })],
        ['label', () => client.channels.originate({ ...place, label: 'absent' })],
        ['channel', () => nobody.rtpStatistics()],
        ['channel', () => nobody.dial()],
        ['channel', () => nobody.snoopChannel({ spy: 'both', app: world.app })],
      ]);
      await channel.hangup();
    },
  },
  {
    area: 'errors',
    name: 'a 404 says whether it is the bridge or its variable, the endpoint or its technology',
    since: 22,
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const bridge = await client.bridges.create({ type: 'mixing' });
      const nowhere = client.bridges.handle('no-such-bridge');
      await expectMissing([
        ['variable', () => channel.getChannelVars({ variables: ['ABSENT'] })],
        ['channel', () => client.channels.handle('no-such-channel').getChannelVars({ variables: ['ABSENT'] })],
        ['bridge', () => nowhere.getBridgeVar({ variable: 'ABSENT' })],
        ['variable', () => bridge.getBridgeVar({ variable: 'ABSENT' })],
        ['bridge', () => nowhere.getBridgeVars({ variables: ['ABSENT'] })],
        ['variable', () => bridge.getBridgeVars({ variables: ['ABSENT'] })],
        ['bridge', () => nowhere.addChannel({ channel })],
        ['endpoint', () => client.endpoints.refer({ to: 'pjsip:none', from: 'me', refer_to: 'sip:you@example.com' })],
        ['channel', () => client.events.claimChannel({ channelId: channel, application: app })],
        ['mailbox', () => client.mailboxes.get({ mailboxName: 'none' })],
      ]);
      await bridge.destroy();
      await channel.hangup();
    },
  },
  {
    area: 'errors',
    name: 'a 404 says what does not exist, of every kind of thing',
    async run({ client }) {
      const object = { objectType: 'endpoint', id: 'none' };
      await expectMissing([
        ['application', () => client.applications.get({ applicationName: 'none' })],
        ['application', () => client.events.userEvent({ eventName: 'x', application: 'none' })],
        ['configClass', () => client.asterisk.getObject({ configClass: 'none', ...object })],
        ['objectType', () => client.asterisk.getObject({ configClass: 'res_pjsip', ...object, objectType: 'none' })],
        ['configObject', () => client.asterisk.getObject({ configClass: 'res_pjsip', ...object })],
        ['configObject', () => client.asterisk.deleteObject({ configClass: 'res_pjsip', ...object })],
        ['module', () => client.asterisk.getModule({ moduleName: 'none.so' })],
        ['module', () => client.asterisk.reloadModule({ moduleName: 'none.so' })],
        ['logChannel', () => client.asterisk.rotateLog({ logChannelName: 'none' })],
        ['deviceState', () => client.deviceStates.update({ deviceName: 'Stasis:', deviceState: 'BUSY' })],
        ['technology', () => client.endpoints.listByTech({ tech: 'None' })],
        ['endpoint', () => client.endpoints.get({ tech: 'PJSIP', resource: 'none' })],
        ['playback', () => client.playbacks.get({ playbackId: 'none' })],
        ['recording', () => client.recordings.getLive({ recordingName: 'none' })],
        ['recording', () => client.recordings.getStored({ recordingName: 'none' })],
        ['sound', () => client.sounds.get({ soundId: 'none' })],
        ['sound', () => client.sounds.list({ lang: 'none' })],
      ]);
    },
  },
];

async function expectMissing(attempts: Attempts): Promise<void> {
  for (const [what, attempt] of attempts) {
    const outcome = await attempt().catch((error: unknown) => error);
    expect(outcome).toMatchObject({ name: 'NotFoundError', status: 404, what });
  }
}
