import { AriFailure, FatalRequest } from '../../http/failure.js';
import { noContent, ok } from '../../http/reply.js';
import { isObject } from '../../params/bind.js';
import type { Handlers } from '../handler.js';
import { readVariables, variablesIn } from '../variables.js';
import { requireBridge, requireProvidedBridge } from './require.js';
import { strip } from '../../params/values.js';

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
    if (!params.has('variable')) throw new FatalRequest('a bridge variable without a name');
    if (params.text('variable') === '') throw new AriFailure(400, 'Variable name is required');
    const bridge = requireBridge(call);
    const name = strip(params.text('variable'));
    if (name === '') throw new AriFailure(400, 'Failed to execute function');
    bridge.setVariable(name, params.has('value') ? params.text('value') : undefined, params.flag('report_events'));
    bridge.showVariables();
    return noContent();
  },

  getBridgeVars: (call) => {
    if (call.params.items('variables').length === 0)
      throw new AriFailure(400, 'At least one variable name is required');
    const bridge = requireProvidedBridge(call);
    const names = call.params.texts('variables').map(strip);
    const found = names.map((name): [string, string] => {
      if (name === '') throw new AriFailure(400, 'Variable names are required');
      const value = bridge.variables.get(name);
      requireNoFunction(name);
      if (value === undefined) {
        throw new AriFailure(404, 'Provided variable was not found', 'Variable Not Found');
      }
      return [name, value];
    });
    return ok({ variables: Object.fromEntries(found) });
  },

  setBridgeVars: (call) => {
    if (call.body === undefined) throw new AriFailure(400, "The 'variables' field is required");
    const bridge = requireProvidedBridge(call);
    const given = variablesIn(call.body);
    if (!isObject(given)) throw new AriFailure(400, "The 'variables' field must be a JSON object");
    for (const { name, value, report } of readVariables(given)) {
      bridge.setVariable(strip(name), value, report);
    }
    bridge.showVariables();
    return noContent();
  },
};

/** Functions are for channels. */
function requireNoFunction(name: string): void {
  if (name.endsWith(')')) throw new AriFailure(500, 'Unable to read provided function', 'Error With Function');
}
