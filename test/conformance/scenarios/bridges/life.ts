import { ConflictError, NotFoundError, ObjectGoneError } from 'asterisk-ari';
import { expect } from 'vitest';
import { dissolve, enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const life: readonly Scenario[] = [
  {
    area: 'bridges',
    name: 'a bridge that its maker has destroyed, and of which nothing is told, is gone for who comes to wait',
    async run(world) {
      const bridge = await world.client.bridges.create({ type: 'mixing' });
      await bridge.destroy();
      await expect(bridge.waitFor('BridgeDestroyed', patience)).rejects.toThrow(ObjectGoneError);
    },
  },
  {
    area: 'bridges',
    name: 'two channels are put into a bridge, leave it, and the bridge is destroyed',
    async run(world) {
      const { client, app } = world;
      await client.applications.subscribe({ applicationName: app, eventSource: 'bridge:' });
      const bridge = await client.bridges.create({ type: 'mixing', name: `mix-${app}` });
      expect(bridge.toJSON()).toMatchObject({ bridge_type: 'mixing', name: `mix-${app}`, channels: [] });
      const [first, second] = [await enterStasis(world), await enterStasis(world)];
      const entered = second.waitFor('ChannelEnteredBridge', patience);
      await bridge.addChannel({ channel: [first, second] });
      expect((await entered).bridge.channels).toContain(second.id);
      expect([...(await bridge.get()).channels].sort()).toEqual([first.id, second.id].sort());
      const left = second.waitFor('ChannelLeftBridge', patience);
      await bridge.removeChannel({ channel: second });
      expect((await left).bridge.channels).not.toContain(second.id);
      const destroyed = bridge.waitFor('BridgeDestroyed', patience);
      await dissolve(world, bridge, first);
      await destroyed;
      await expect(bridge.get()).rejects.toThrow(NotFoundError);
      await second.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge that is destroyed lets its channels go first; they stay in the application',
    async run(world) {
      const { client } = world;
      const bridge = await client.bridges.create({ type: 'mixing' });
      const [first, second] = [await enterStasis(world), await enterStasis(world)];
      await bridge.addChannel({ channel: [first, second] });
      await client.applications.subscribe({ applicationName: world.app, eventSource: bridge });
      const ear = new Ear(client);
      await bridge.destroy();
      await ear.until('BridgeDestroyed');
      const types = ear.types(bridge, 'ChannelLeftBridge', 'BridgeDestroyed');
      expect(types).toEqual(['ChannelLeftBridge', 'ChannelLeftBridge', 'BridgeDestroyed']);
      expect(ear.of('BridgeDestroyed')[0]?.bridge.channels).toEqual([]);
      await first.answer();
      await first.hangup();
      await second.hangup();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge is listened to before it is created under an id of ours',
    async run({ client, app }) {
      const bridge = client.bridges.handle();
      await client.applications.subscribe({ applicationName: app, eventSource: 'bridge:' });
      const created = bridge.waitFor('BridgeCreated', patience);
      await bridge.createWithId({ type: 'holding' });
      expect((await created).bridge.bridge_type).toBe('holding');
      expect((await client.bridges.list()).map(({ id }) => id)).toContain(bridge.id);
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'the attributes of a bridge decide what it is made of',
    async run({ client }) {
      const made: Record<string, object> = {};
      for (const type of [
        'mixing',
        'holding',
        'mixing,dtmf_events',
        'mixing,proxy_media',
        'mixing,video_sfu',
        '',
      ] as const) {
        const bridge = await client.bridges.create(type === '' ? {} : { type });
        const { bridge_type, technology, bridge_class, creator, video_mode, name } = bridge;
        made[type] = { bridge_type, technology, bridge_class, creator, video_mode, name };
        await bridge.destroy();
      }
      const stasis = { bridge_class: 'stasis', creator: 'Stasis', video_mode: 'talker', name: '' };
      expect(made).toEqual({
        mixing: { ...stasis, bridge_type: 'mixing', technology: 'simple_bridge' },
        holding: { ...stasis, bridge_type: 'holding', technology: 'holding_bridge' },
        'mixing,dtmf_events': { ...stasis, bridge_type: 'mixing', technology: 'simple_bridge' },
        'mixing,proxy_media': { ...stasis, bridge_type: 'mixing', technology: 'simple_bridge' },
        'mixing,video_sfu': { ...stasis, bridge_type: 'mixing', technology: 'softmix', video_mode: 'sfu' },
        '': { ...stasis, bridge_type: 'mixing', technology: 'simple_bridge' },
      });
    },
  },
  {
    area: 'bridges',
    name: 'a bridge of no type that there is cannot be made',
    async run({ raw, server }) {
      const duplicate = server.major >= 22 ? ". Possible duplicate bridge id '(null)'" : '';
      await expectRaw(raw('POST', '/bridges?type=nonsense'), 500, `Unable to create bridge${duplicate}`);
    },
  },
  {
    area: 'bridges',
    name: 'a bridge created with an id in use is refused',
    since: 22,
    async run({ client }) {
      const bridge = await client.bridges.create({ type: 'mixing' });
      await expect(client.bridges.create({ bridgeId: bridge, type: 'mixing' })).rejects.toThrow(ConflictError);
      const again = bridge.createWithId({ type: 'mixing', name: 'again' });
      await expectRefusal(again, 409, `Bridge with id '${bridge.id}' already exists`);
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'what is done to a bridge that does not exist is refused',
    async run({ client }) {
      const bridge = client.bridges.handle('no-such-bridge');
      const attempts = [
        bridge.get(),
        bridge.destroy(),
        bridge.addChannel({ channel: 'any' }),
        bridge.removeChannel({ channel: 'any' }),
        bridge.startMoh(),
        bridge.stopMoh(),
        bridge.play({ media: 'sound:hello-world' }),
        bridge.record({ name: 'never', format: 'wav' }),
        bridge.setVideoSource({ channelId: 'any' }),
        bridge.clearVideoSource(),
      ];
      await Promise.all(attempts.map((attempt) => expectRefusal(attempt, 404, 'Bridge not found')));
    },
  },
  {
    area: 'bridges',
    name: 'a bridge carries variables from its creation',
    since: 22,
    async run({ client, raw }) {
      const bridge = await client.bridges.create({ type: 'mixing', variables: { COLOUR: 'blue' } });
      expect(await bridge.getBridgeVar({ variable: 'COLOUR' })).toEqual({ value: 'blue' });
      await bridge.setBridgeVar({ variable: 'SIZE', value: 'big' });
      await bridge.setBridgeVars({ variables: { TASTE: 'sour' } });
      const { variables } = await bridge.getBridgeVars({ variables: ['COLOUR', 'SIZE', 'TASTE'] });
      expect(variables).toEqual({ COLOUR: 'blue', SIZE: 'big', TASTE: 'sour' });
      await expectRefusal(bridge.getBridgeVar({ variable: 'ABSENT' }), 404, 'Provided variable was not found');
      await expectRaw(raw('GET', `/bridges/${bridge.id}/variable`), 400, 'Variable name is required');
      const object = "The 'variables' field must be a JSON object";
      await expectRaw(raw('POST', `/bridges/${bridge.id}/variables`, { body: {} }), 400, object);
      const gone = client.bridges.getBridgeVar({ bridgeId: 'no-such-bridge', variable: 'A' });
      await expectRefusal(gone, 404, 'Bridge not found');
      await bridge.destroy();
    },
  },
  {
    area: 'bridges',
    name: 'a bridge shows the variables that are to be reported',
    since: 22,
    async run({ client }) {
      const bridge = await client.bridges.create({ type: 'mixing' });
      await bridge.setBridgeVar({ variable: 'SHOWN', value: '1', report_events: true });
      await bridge.setBridgeVar({ variable: 'HIDDEN', value: '2' });
      expect((await bridge.get()).bridgevars).toEqual({ SHOWN: '1' });
      await bridge.destroy();
    },
  },
];
