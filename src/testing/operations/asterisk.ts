import { AriFailure, FatalRequest } from '../http/failure.js';
import { timestamp } from '../engine/timestamp.js';
import { noContent, ok } from '../http/reply.js';
import { isObject } from '../params/bind.js';
import type { ConfigTuple } from '../engine/places/dynamic-config.js';
import { readGlobal } from '../engine/dialplan/expand.js';
import { writeGlobalFunction } from '../engine/dialplan/functions.js';
import type { Engine } from '../engine/engine.js';
import type { Handlers, OperationCall } from './handler.js';

export const asterisk: Handlers = {
  getInfo: ({ engine, params }) => {
    const only = params.texts('only').map((section) => section.toLowerCase());
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
    return ok({ value: readGlobal(engine, name) ?? '' });
  },
  setGlobalVar: ({ engine, params }) => {
    const variable = requireVariable(params.text('variable'));
    if (variable.endsWith(')')) writeGlobalFunction(engine, variable, params.text('value'));
    else setGlobal(engine, variable, params.has('value') ? params.text('value') : undefined);
    return noContent();
  },

  getObject: ({ engine, params }) => ok(engine.dynamicConfig.get(...objectKey(params))),
  updateObject: ({ engine, params, body }) =>
    ok(engine.dynamicConfig.update(...objectKey(params), readFields(isObject(body) ? body['fields'] : undefined))),
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

/** No channel goes with it: only who is subscribed to all channels hears of it. */
function setGlobal(engine: Engine, variable: string, value: string | undefined): void {
  if (value === undefined && !engine.globals.delete(variable)) return;
  if (value !== undefined) engine.globals.set(variable, value);
  engine.publish({ type: 'ChannelVarset', variable, value: value ?? '' }, ['channel:']);
}

function requireVariable(name: string): string {
  if (name === '') throw new AriFailure(400, 'Variable name is required');
  return name;
}

function objectKey(params: OperationCall['params']): [string, string, string] {
  return [params.text('configClass'), params.text('objectType'), params.text('id')];
}

/** What is no list has nothing in it; a field that is not as it should be is more than Asterisk bears. */
function readFields(fields: unknown): ConfigTuple[] | undefined {
  if (fields === undefined) return undefined;
  return Array.isArray(fields) ? fields.map(readField) : [];
}

function readField(field: unknown): ConfigTuple {
  const { attribute, value } = isObject(field) ? field : {};
  if (typeof attribute === 'string' && typeof value === 'string') return { attribute, value };
  throw new FatalRequest('a field needs a text as attribute and one as value');
}
