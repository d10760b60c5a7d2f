import type { Channel } from '../../engine/channels/channel.js';
import { readVariable } from '../../engine/dialplan/expand.js';
import { isWritableFunction, writeFunction } from '../../engine/dialplan/functions.js';
import type { Engine } from '../../engine/engine.js';
import { AriFailure } from '../../http/failure.js';
import { noContent, ok } from '../../http/reply.js';
import { isObject } from '../../params/bind.js';
import type { Handlers } from '../handler.js';
import { readVariables, type VariableSetting, variablesIn } from '../variables.js';
import { requireControlled, requireProvidedChannel } from './require.js';
import { strip } from '../../params/values.js';

export const variables: Handlers = {
  getChannelVar: (call) => {
    const name = call.params.text('variable');
    if (name === '') throw new AriFailure(400, 'Variable name is required');
    return ok({ value: read(call.engine, requireProvidedChannel(call), name) });
  },

  setChannelVar: async (call) => {
    const { params, engine } = call;
    const name = params.text('variable');
    if (name === '') throw new AriFailure(400, 'Variable name is required');
    const { channel, stay } = requireControlled(call);
    requireWritable(name);
    const report = params.flag('report_events');
    const setting: Setting = { name, value: params.has('value') ? params.text('value') : undefined, report };
    const done = await stay.commands.call(() => write(engine, channel, setting, true));
    if (!done) throw new AriFailure(400, 'Failed to execute function');
    return noContent();
  },

  getChannelVars: (call) => {
    if (call.params.items('variables').length === 0)
      throw new AriFailure(400, 'At least one variable name is required');
    const channel = requireProvidedChannel(call);
    const names = call.params.texts('variables').map(strip);
    if (names.includes('')) throw new AriFailure(400, 'Variable names are required');
    return ok({ variables: Object.fromEntries(names.map((name) => [name, read(call.engine, channel, name)])) });
  },

  setChannelVars: async (call) => {
    const { engine, body } = call;
    if (body === undefined) throw new AriFailure(400, "The 'variables' field is required");
    requireProvidedChannel(call);
    const { channel, stay } = requireControlled(call);
    const given = variablesIn(body);
    if (!isObject(given)) throw new AriFailure(400, "The 'variables' field must be a JSON object");
    const settings = readVariables(given).map((setting) => ({ ...setting, name: strip(setting.name) }));
    const done = await stay.commands.call(() => {
      applyVariables(engine, channel, settings, true);
    });
    if (!done) throw new AriFailure(400, 'Failed to execute function');
    return noContent();
  },
};

type Setting = Omit<VariableSetting, 'value'> & { readonly value: string | undefined };

/** Gives a channel variables. A function that cannot be written is passed over. With `look`, it shows at once. */
export function applyVariables(
  engine: Engine,
  channel: Channel,
  variables: readonly VariableSetting[],
  look = false,
): void {
  for (const setting of variables) {
    if (!setting.name.endsWith(')') || isWritableFunction(setting.name)) write(engine, channel, setting, look);
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

/**
 * Sets a variable, or takes it away if there is no value. Whether events carry it is as the last setting of it says; that
 * it is carried no longer shows with the next change only.
 */
function write(engine: Engine, channel: Channel, { name, value, report }: Setting, look: boolean): void {
  const { channels } = engine;
  channel.reported.delete(name);
  if (value === undefined) {
    channels.unsetVariable(channel, name);
    if (report) channels.update(channel);
  }
  if (report) channel.reported.set(name, () => readVariable(engine, channel, name) ?? '');
  if (value === undefined) return;
  if (!name.endsWith(')')) {
    channels.setVariable(channel, name, value, report && look);
    return;
  }
  writeFunction(engine, channel, name, value);
  if (report && look) channels.update(channel);
}
