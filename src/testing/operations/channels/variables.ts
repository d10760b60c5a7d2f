import type { Channel } from '../../engine/channels/channel.js';
import { readVariable } from '../../engine/dialplan/expand.js';
import { isWritableFunction, writeFunction } from '../../engine/dialplan/functions.js';
import type { Engine } from '../../engine/engine.js';
import { AriFailure } from '../../http/failure.js';
import { noContent, ok } from '../../http/reply.js';
import { isObject } from '../../params/bind.js';
import type { Handlers } from '../handler.js';
import { readVariables, type VariableSetting, variablesIn } from '../variables.js';
import { requireChannel, requireControlled } from './require.js';

export const variables: Handlers = {
  getChannelVar: (call) => {
    const name = call.params.text('variable');
    if (name === '') throw new AriFailure(400, 'Variable name is required');
    return ok({ value: read(call.engine, requireChannel(call), name) });
  },

  setChannelVar: async (call) => {
    const { params, engine } = call;
    const name = params.text('variable').trim();
    if (name === '') throw new AriFailure(400, 'Variable name is required');
    const { channel, stay } = requireControlled(call);
    requireWritable(name);
    const report = params.flag('report_events');
    const setting: Setting = { name, value: params.has('value') ? params.text('value') : undefined, report };
    const done = await stay.commands.call(() => write(engine, channel, setting));
    if (!done) throw new AriFailure(400, 'Failed to execute function');
    return noContent();
  },

  getChannelVars: (call) => {
    const names = call.params.list('variables').map((name) => name.trim());
    if (names.length === 0) throw new AriFailure(400, 'At least one variable name is required');
    const channel = requireChannel(call);
    if (names.includes('')) throw new AriFailure(400, 'Variable names are required');
    return ok({ variables: Object.fromEntries(names.map((name) => [name, read(call.engine, channel, name)])) });
  },

  setChannelVars: async (call) => {
    const { engine, body } = call;
    if (!isObject(body)) throw new AriFailure(400, "The 'variables' field is required");
    const { channel, stay } = requireControlled(call);
    const given = variablesIn(body);
    if (!isObject(given)) throw new AriFailure(400, "The 'variables' field must be a JSON object");
    const settings = readVariables(given);
    for (const { name } of settings) requireWritable(name);
    const done = await stay.commands.call(() => {
      for (const setting of settings) write(engine, channel, setting);
    });
    if (!done) throw new AriFailure(400, 'Failed to execute function');
    return noContent();
  },
};

type Setting = Omit<VariableSetting, 'value'> & { readonly value: string | undefined };

/** Gives a new channel its variables. A function that cannot be written is passed over. */
export function applyVariables(engine: Engine, channel: Channel, variables: readonly VariableSetting[]): void {
  for (const setting of variables) {
    if (!setting.name.endsWith(')') || isWritableFunction(setting.name)) write(engine, channel, setting);
  }
}

/** The value of a variable, or of a function if the name ends with a parenthesis. */
function read(engine: Engine, channel: Channel, name: string): string {
  const value = readVariable(engine, channel, name);
  if (value !== undefined) return value;
  if (name.endsWith(')')) throw new AriFailure(500, 'Unable to read provided function', 'Error With Function');
  throw new AriFailure(404, 'Provided variable was not found', 'Variable Not Found');
}

function requireWritable(name: string): void {
  if (name.endsWith(')') && !isWritableFunction(name)) throw new AriFailure(400, 'Failed to execute function');
}

/** Without a value a variable is taken away. */
function write(engine: Engine, channel: Channel, { name, value, report }: Setting): void {
  if (name.endsWith(')')) {
    writeFunction(engine, channel, name, value ?? '');
    return;
  }
  if (report) channel.reported.add(name);
  engine.channels.setVariable(channel, name, value ?? '');
  if (value === undefined) channel.variables.delete(name);
}
