import { register } from '../register.js';
import type { Scene, SceneScript } from '../scene.js';

export const endpoints: readonly SceneScript[] = [
  {
    name: 'endpoints are listed and looked at',
    async run(scene) {
      await scene.enter('PJSIP/loop');
      await scene.call('endpoints.list');
      await scene.call('endpoints.listByTech', { tech: 'PJSIP' });
      await scene.call('endpoints.get', { tech: 'PJSIP', resource: 'loop' });
      await scene.call('endpoints.get', { tech: 'PJSIP', resource: 'alice' });
      await scene.attempt('endpoints.get', { tech: 'PJSIP', resource: 'nobody' });
      await scene.attempt('endpoints.listByTech', { tech: 'NoTech' });
    },
  },
  {
    name: 'an endpoint that is subscribed to tells of its channels',
    async run(scene) {
      // Not by the application that is subscribed to all: that one is not told.
      const subscription = { applicationName: 'corpus-two', eventSource: 'endpoint:PJSIP/loop' };
      await scene.listen('corpus-two');
      await scene.call('applications.subscribe', subscription);
      await scene.enter('PJSIP/loop');
      await scene.until('EndpointStateChange', ({ endpoint }) => endpoint.channel_ids.length > 0);
      await scene.clear();
      await scene.until('EndpointStateChange', ({ endpoint }) => endpoint.channel_ids.length === 0);
      await scene.call('applications.unsubscribe', subscription);
    },
  },
  {
    name: 'text messages',
    async run(scene) {
      const variables = { colour: 'blue' };
      const message = { from: 'sip:ann@127.0.0.1', body: 'hello', variables };
      await scene.call('endpoints.sendMessage', { ...message, to: 'pjsip:loop' });
      await scene.call('endpoints.sendMessageToEndpoint', { ...message, tech: 'PJSIP', resource: 'loop' });
      await scene.until('TextMessageReceived');
    },
  },
  {
    name: 'a transfer is asked of an endpoint',
    since: 22,
    async run(scene) {
      const refer = { from: 'sip:ann@127.0.0.1', refer_to: 'sip:600@127.0.0.1', to_self: false };
      await scene.attempt('endpoints.refer', { ...refer, to: 'pjsip:loop' });
      await scene.attempt('endpoints.referToEndpoint', { ...refer, tech: 'PJSIP', resource: 'loop' });
    },
  },
  {
    name: 'a contact that answers, one that does not, and one that goes',
    async run(scene) {
      await contact(scene, 'reachable', scene.sipPort);
      await scene.until('ContactStatusChange', ({ contact_info }) => contact_info.contact_status === 'Reachable');
      await contact(scene, 'unreachable', '9');
      await scene.until('ContactStatusChange', ({ contact_info }) => contact_info.contact_status === 'Unreachable');
      await register(scene.sipPort, 60);
      await scene.until('ContactStatusChange', ({ endpoint: { resource } }) => resource === 'loop');
      await register(scene.sipPort, 0);
      await scene.until('ContactStatusChange', ({ contact_info }) => contact_info.contact_status === 'Removed');
      for (const id of ['reachable', 'unreachable']) {
        await scene.call('asterisk.deleteObject', { configClass: 'res_pjsip', objectType: 'endpoint', id });
        await scene.call('asterisk.deleteObject', { configClass: 'res_pjsip', objectType: 'aor', id });
      }
      await scene.wait(2_000);
    },
  },
];

/** An endpoint of its own, whose contact is asked every second whether it is there. */
async function contact(scene: Scene, id: string, port: string): Promise<void> {
  const object = { configClass: 'res_pjsip', id };
  const fields = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
  await scene.call('asterisk.updateObject', {
    ...object,
    objectType: 'aor',
    fields: fields({ contact: `sip:${id}@127.0.0.1:${port}`, qualify_frequency: '1', qualify_timeout: '0.5' }),
  });
  await scene.call('asterisk.updateObject', {
    ...object,
    objectType: 'endpoint',
    fields: fields({ aors: id, context: 'default', allow: 'ulaw', device_state_busy_at: '2' }),
  });
}
