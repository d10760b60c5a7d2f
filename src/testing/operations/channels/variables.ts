import type { Channel } from '../../engine/channels/channel.js';
import { readVariable } from '../../engine/dialplan/expand.js';
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
    const setting = { name, value: params.text('value'), report: params.flag('report_events') };
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
    const done = await stay.commands.call(() => {
      for (const setting of settings) write(engine, channel, setting);
    });
    if (!done) throw new AriFailure(400, 'Failed to execute function');
    return noContent();
  },
};

/** The value of a variable, or of a function if the name ends with a parenthesis. */
function read(engine: Engine, channel: Channel, name: string): string {
  const value = readVariable(engine, channel, name);
  if (value !== undefined) return value;
  if (name.endsWith(')')) throw new AriFailure(500, 'Unable to read provided function', 'Error With Function');
  throw new AriFailure(404, 'Provided variable was not found', 'Variable Not Found');
}

function write(engine: Engine, channel: Channel, { name, value, report }: VariableSetting): void {
  if (report) channel.reported.add(name);
  const party = /^CALLERID\((num|number|name)\)$/.exec(name)?.[1];
  if (party !== undefined) {
    engine.channels.setCaller(channel, { ...channel.caller, [party === 'name' ? 'name' : 'number']: value });
  }
  engine.channels.setVariable(channel, name, value);
}
