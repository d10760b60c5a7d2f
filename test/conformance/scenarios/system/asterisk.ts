import { ConflictError, NotFoundError } from 'asterisk-ari';
import { expect } from 'vitest';
import { expectRaw, expectRefusal } from '../../expectations.js';
import type { Scenario } from '../../world.js';

export const asterisk: readonly Scenario[] = [
  {
    area: 'asterisk',
    name: 'info, ping, modules and log channels are read',
    async run({ client, server }) {
      const info = await client.asterisk.getInfo();
      expect(info.system?.version).toMatch(new RegExp(`^${server.major}\\.`));
      expect(Object.keys(await client.asterisk.getInfo({ only: ['build', 'status'] }))).toEqual(['build', 'status']);
      expect((await client.asterisk.ping()).ping).toBe('pong');
      const modules = await client.asterisk.listModules();
      expect(modules.map(({ name }) => name)).toContain('res_stasis.so');
      const module = await client.asterisk.getModule({ moduleName: 'res_stasis.so' });
      expect(module.toJSON()).toMatchObject({ name: 'res_stasis.so', status: 'Running', support_level: 'core' });
      expect(Array.isArray(await client.asterisk.listLogChannels())).toBe(true);
    },
  },
  {
    area: 'asterisk',
    name: 'a module is unloaded and loaded again',
    async run({ client }) {
      const module = client.asterisk.moduleHandle('app_echo.so');
      await module.loadModule().catch((error: unknown) => expect(error).toBeInstanceOf(ConflictError));
      await module.unloadModule();
      await expect(module.getModule()).rejects.toThrow(NotFoundError);
      await module.loadModule();
      expect((await module.getModule()).name).toBe('app_echo.so');
      await expectRefusal(module.loadModule(), 409, 'Module is already loaded');
      await expectRefusal(module.reloadModule(), 409, 'Module does not support reloading');
    },
  },
  {
    area: 'asterisk',
    name: 'a module that there is not is refused; one that is in use stays',
    async run({ client }) {
      const none = client.asterisk.moduleHandle('res_none.so');
      await expectRefusal(none.getModule(), 404, 'Module could not be found in running modules');
      await expectRefusal(none.loadModule(), 409, 'Module load declined');
      await expectRefusal(none.unloadModule(), 404, 'Module not found in running modules');
      await expectRefusal(none.reloadModule(), 404, 'Module not found in running modules');
      const used = client.asterisk.moduleHandle('res_stasis.so');
      await expectRefusal(used.unloadModule(), 409, 'Module could not be unloaded');
    },
  },
  {
    area: 'asterisk',
    name: 'global variables are set and read; a missing one is empty',
    async run({ client, app, raw }) {
      const variable = `TEST_${app.replaceAll('-', '_')}`;
      expect(await client.asterisk.getGlobalVar({ variable })).toEqual({ value: '' });
      await client.asterisk.setGlobalVar({ variable, value: 'one & two' });
      expect(await client.asterisk.getGlobalVar({ variable })).toEqual({ value: 'one & two' });
      await expectRaw(raw('GET', '/asterisk/variable'), 400, 'Variable name is required');
      await expectRaw(raw('POST', '/asterisk/variable'), 400, 'Variable name is required');
      // Functions are not evaluated without a channel that they may concern.
      expect(await client.asterisk.getGlobalVar({ variable: 'LEN(abc)' })).toEqual({ value: '' });
    },
  },
  {
    area: 'asterisk',
    name: 'a log channel is added and deleted',
    async run({ client, app, raw }) {
      const log = client.asterisk.logChannelHandle(`log-${app}`);
      await expectRaw(raw('POST', `/asterisk/logging/log-${app}`), 400, 'Configuration levels are required');
      await log.addLog({ configuration: 'notice,warning' });
      const listed = (await client.asterisk.listLogChannels()).find(({ channel }) => channel.endsWith(`log-${app}`));
      expect(listed?.toJSON()).toMatchObject({ type: 'File', status: 'Enabled' });
      await expect(log.addLog({ configuration: 'notice' })).rejects.toThrow(ConflictError);
      await log.deleteLog();
      await expectRefusal(log.deleteLog(), 404, 'Log channel does not exist');
      await expectRefusal(log.rotateLog(), 404, 'Log channel does not exist');
    },
  },
  {
    area: 'asterisk',
    name: 'rotating the logs drops those that were added by hand',
    async run({ client, app }) {
      const log = client.asterisk.logChannelHandle(`log-${app}`);
      await log.addLog({ configuration: 'notice' });
      await log.rotateLog();
      await expect(log.deleteLog()).rejects.toThrow(NotFoundError);
    },
  },
  {
    area: 'asterisk',
    name: 'a configuration object is created, read and deleted',
    async run({ client, app }) {
      const id = { configClass: 'res_pjsip', objectType: 'aor', id: `aor-${app}` };
      await client.asterisk.updateObject({ ...id, fields: [{ attribute: 'max_contacts', value: '3' }] });
      const tuples = await client.asterisk.getObject(id);
      expect(tuples).toContainEqual({ attribute: 'max_contacts', value: '3' });
      await client.asterisk.deleteObject(id);
      await expect(client.asterisk.getObject(id)).rejects.toThrow(NotFoundError);
    },
  },
  {
    area: 'asterisk',
    name: 'configuration of no class, no type, or no object that there is is refused',
    async run({ client, app }) {
      const place = { configClass: 'res_pjsip', objectType: 'aor', id: `none-${app}` };
      const noClass = { ...place, configClass: 'res_none' };
      const noType = { ...place, objectType: 'none' };
      const fields = [{ attribute: 'max_contacts', value: '1' }];
      for (const [at, message] of [
        [noClass, "configClass 'res_none' not found"],
        [noType, "objectType 'none' not found"],
      ] as const) {
        await expectRefusal(client.asterisk.getObject(at), 404, message);
        await expectRefusal(client.asterisk.updateObject({ ...at, fields }), 404, message);
        await expectRefusal(client.asterisk.deleteObject(at), 404, message);
      }
      const missing = `Object with id '${place.id}' not found`;
      await expectRefusal(client.asterisk.deleteObject(place), 404, missing);
      await expectRefusal(client.asterisk.getObject(place), 404, missing);
      const wrong = client.asterisk.updateObject({ ...place, fields: [{ attribute: 'nonsense', value: '1' }] });
      await expectRefusal(wrong, 400, `Creation of object '${place.id}' failed field value validation`);
    },
  },
];
