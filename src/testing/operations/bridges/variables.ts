import { AriFailure } from '../../http/failure.js';
import { noContent, ok } from '../../http/reply.js';
import { isObject } from '../../params/bind.js';
import type { Handlers } from '../handler.js';
import { readVariables, variablesIn } from '../variables.js';
import { requireBridge } from './require.js';

export const variables: Handlers = {
  getBridgeVar: (call) => {
    const name = call.params.text('variable');
    if (name === '') throw new AriFailure(400, 'Variable name is required');
    const value = requireBridge(call).variables.get(name);
    if (value === undefined) throw new AriFailure(404, 'Provided variable was not found');
    return ok({ value });
  },

  setBridgeVar: (call) => {
    const { params } = call;
    const name = params.text('variable').trim();
    // Asterisk crashes here; the double says what it should have said.
    if (name === '') throw new AriFailure(400, 'Variable name is required');
    const bridge = requireBridge(call);
    bridge.variables.set(name, params.text('value'));
    if (params.flag('report_events')) bridge.reported.add(name);
    return noContent();
  },

  getBridgeVars: (call) => {
    const names = call.params.list('variables').map((name) => name.trim());
    if (names.length === 0) throw new AriFailure(400, 'At least one variable name is required');
    const bridge = requireBridge(call, 'Provided bridge was not found');
    const found = names.map((name): [string, string] => {
      if (name === '') throw new AriFailure(400, 'Variable names are required');
      const value = bridge.variables.get(name);
      if (value === undefined) throw new AriFailure(404, 'Provided variable was not found');
      return [name, value];
    });
    return ok({ variables: Object.fromEntries(found) });
  },

  setBridgeVars: (call) => {
    if (!isObject(call.body)) throw new AriFailure(400, "The 'variables' field is required");
    const bridge = requireBridge(call, 'Provided bridge was not found');
    const given = variablesIn(call.body);
    if (!isObject(given)) throw new AriFailure(400, "The 'variables' field must be a JSON object");
    for (const { name, value, report } of readVariables(given)) {
      bridge.variables.set(name, value);
      if (report) bridge.reported.add(name);
    }
    return noContent();
  },
};
