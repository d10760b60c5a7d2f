import type { SceneScript } from '../scene.js';

export const system: readonly SceneScript[] = [
  {
    name: 'information about Asterisk, all of it and by sections',
    async run(scene) {
      await scene.call('asterisk.getInfo');
      for (const only of ['build', 'system', 'config', 'status']) {
        await scene.call('asterisk.getInfo', { only });
      }
      await scene.call('asterisk.ping');
    },
  },
  {
    name: 'modules are listed, unloaded, loaded and reloaded',
    async run(scene) {
      const moduleName = 'app_echo.so';
      await scene.call('asterisk.listModules');
      await scene.call('asterisk.getModule', { moduleName });
      await scene.call('asterisk.unloadModule', { moduleName });
      await scene.attempt('asterisk.getModule', { moduleName });
      await scene.call('asterisk.loadModule', { moduleName });
      await scene.call('asterisk.reloadModule', { moduleName: 'res_pjsip.so' });
    },
  },
  {
    name: 'log channels are listed, added, rotated and deleted',
    async run(scene) {
      const logChannelName = 'corpus-log';
      await scene.call('asterisk.addLog', { logChannelName, configuration: 'notice,warning' });
      await scene.call('asterisk.listLogChannels');
      await scene.attempt('asterisk.addLog', { logChannelName, configuration: 'notice' });
      await scene.call('asterisk.deleteLog', { logChannelName });
      await scene.attempt('asterisk.deleteLog', { logChannelName });
      await scene.call('asterisk.rotateLog', { logChannelName: 'full' });
    },
  },
  {
    name: 'global variables are set and read, and heard of',
    async run(scene) {
      await scene.call('asterisk.setGlobalVar', { variable: 'CORPUS', value: 'a value' });
      await scene.call('asterisk.getGlobalVar', { variable: 'CORPUS' });
      await scene.call('asterisk.getGlobalVar', { variable: 'NOT_THERE' });
      await scene.until('ChannelVarset', ({ variable }) => variable === 'CORPUS').catch(() => undefined);
    },
  },
  {
    name: 'configuration objects are written, read and deleted',
    async run(scene) {
      const object = { configClass: 'res_pjsip', objectType: 'aor', id: 'corpus-aor' };
      const fields = [{ attribute: 'max_contacts', value: '3' }];
      await scene.call('asterisk.updateObject', { ...object, fields });
      await scene.call('asterisk.getObject', object);
      await scene.call('asterisk.deleteObject', object);
      await scene.attempt('asterisk.getObject', object);
    },
  },
  {
    name: 'device states of ours and of an endpoint',
    async run(scene) {
      const eventSource = 'deviceState:Stasis:corpus,deviceState:PJSIP/loop';
      await scene.call('applications.subscribe', { applicationName: 'corpus', eventSource });
      const deviceName = 'Stasis:corpus';
      for (const deviceState of ['NOT_INUSE', 'INUSE', 'BUSY', 'INVALID', 'UNAVAILABLE', 'RINGING', 'ONHOLD']) {
        await scene.call('deviceStates.update', { deviceName, deviceState });
      }
      await scene.until('DeviceStateChanged', ({ device_state: { state } }) => state === 'ONHOLD');
      await scene.call('deviceStates.list');
      await scene.call('deviceStates.get', { deviceName });
      await scene.call('deviceStates.get', { deviceName: 'PJSIP/loop' });
      await scene.call('deviceStates.get', { deviceName: 'Stasis:unheard-of' });
      await scene.attempt('deviceStates.update', { deviceName: 'PJSIP/loop', deviceState: 'BUSY' });
      await scene.call('deviceStates.delete', { deviceName });
      await scene.enter('PJSIP/loop');
      await scene.until('DeviceStateChanged', ({ device_state: { name } }) => name === 'PJSIP/loop');
      await scene.call('applications.unsubscribe', { applicationName: 'corpus', eventSource });
    },
  },
  {
    name: 'mailboxes',
    async run(scene) {
      const mailboxName = 'corpus@test';
      const probe = await scene.attempt('mailboxes.list');
      if (probe.status === 404) {
        // The modules behind them are not installed.
        return;
      }
      await scene.call('mailboxes.update', { mailboxName, oldMessages: 1, newMessages: 2 });
      await scene.call('mailboxes.list');
      await scene.call('mailboxes.get', { mailboxName });
      await scene.call('mailboxes.delete', { mailboxName });
      await scene.attempt('mailboxes.get', { mailboxName });
    },
  },
];
