import { AriFailure } from '../http/failure.js';
import { timestamp } from '../engine/timestamp.js';
import { noContent, ok } from '../http/reply.js';
import { isObject, textOf } from '../params/bind.js';
import type { ConfigTuple } from '../engine/places/dynamic-config.js';
import type { Engine } from '../engine/engine.js';
import type { Handlers, OperationCall } from './handler.js';

export const asterisk: Handlers = {
  getInfo: ({ engine, params }) => {
    const only = params.list('only').map((section) => section.toLowerCase());
    const sections = Object.entries(info(engine)).filter(([name]) => only.length === 0 || only.includes(name));
    return ok(Object.fromEntries(sections));
  },

  ping: ({ engine }) => ok({ ping: 'pong', timestamp: timestamp(engine.clock.now()), asterisk_id: engine.asteriskId }),

  listModules: ({ engine }) => ok(engine.modules.list()),
  getModule: ({ engine, params }) => ok(engine.modules.get(params.text('moduleName'))),
  loadModule: ({ engine, params }) => {
    engine.modules.load(params.text('moduleName'));
    return noContent();
  },
  unloadModule: ({ engine, params }) => {
    engine.modules.unload(params.text('moduleName'));
    return noContent();
  },
  reloadModule: ({ engine, params }) => {
    engine.modules.reload(params.text('moduleName'));
    return noContent();
  },

  listLogChannels: ({ engine }) => ok(engine.logChannels.list()),
  addLog: ({ engine, params }) => {
    engine.logChannels.add(params.text('logChannelName'), params.text('configuration'));
    return noContent();
  },
  deleteLog: ({ engine, params }) => {
    engine.logChannels.delete(params.text('logChannelName'));
    return noContent();
  },
  rotateLog: ({ engine, params }) => {
    engine.logChannels.rotate(params.text('logChannelName'));
    return noContent();
  },

  getGlobalVar: ({ engine, params }) => {
    const name = requireVariable(params.text('variable'));
    return ok({ value: engine.globals.get(name) ?? '' });
  },
  setGlobalVar: ({ engine, params }) => {
    const variable = requireVariable(params.text('variable'));
    const value = params.text('value');
    engine.globals.set(variable, value);
    // No channel goes with it: only who is subscribed to all channels hears of it.
    engine.publish({ type: 'ChannelVarset', variable, value }, ['channel:']);
    return noContent();
  },

  getObject: ({ engine, params }) => ok(engine.dynamicConfig.get(...objectKey(params))),
  updateObject: ({ engine, params, body }) =>
    ok(
      engine.dynamicConfig.update(
        ...objectKey(params),
        readFields(isObject(body) ? body['fields'] : undefined, params.text('id')),
      ),
    ),
  deleteObject: ({ engine, params }) => {
    engine.dynamicConfig.delete(...objectKey(params));
    return noContent();
  },
};

function info(engine: Engine): Record<string, unknown> {
  const started = timestamp(engine.startedAt);
  return {
    build: { os: 'Linux', kernel: 'unknown', machine: 'unknown', options: '', date: started, user: 'nobody' },
    system: { version: engine.release, entity_id: engine.asteriskId },
    config: { name: '', default_language: 'en', setid: { user: '', group: '' } },
    status: { startup_time: started, last_reload_time: started },
  };
}

function requireVariable(name: string): string {
  if (name === '') throw new AriFailure(400, 'Variable name is required');
  return name;
}

function objectKey(params: OperationCall['params']): [string, string, string] {
  return [params.text('configClass'), params.text('objectType'), params.text('id')];
}

function readFields(fields: unknown, id: string): ConfigTuple[] {
  if (!Array.isArray(fields)) throw new AriFailure(400, `Fields must be provided to update object '${id}'`);
  return fields.filter(isObject).map((field) => ({
    attribute: textOf(field['attribute']),
    value: textOf(field['value']),
  }));
}
