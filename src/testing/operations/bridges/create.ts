import type { Bridge } from '../../engine/bridges/bridge.js';
import { AriFailure } from '../../http/failure.js';
import { ok } from '../../http/reply.js';
import type { Handler, OperationCall } from '../handler.js';
import { readVariables, variablesIn } from '../variables.js';

/** `POST /bridges`. Where bridges have variables, all that its body says becomes one: so it is in Asterisk. */
export const create: Handler = (call) => {
  const id = call.params.text('bridgeId');
  if (id !== '' && call.engine.bridges.find(id)) throw duplicate(id);
  const doubt = ` Possible duplicate bridge id '${id || '(null)'}'`;
  const bridge = make(call, id || call.engine.ids.uuid(), `Unable to create bridge.${doubt}`);
  setVariables(bridge, call.body);
  return ok(bridge.snapshot());
};

/** `POST /bridges/{bridgeId}` */
export const createWithId: Handler = (call) => {
  const id = call.params.text('bridgeId');
  if (call.engine.bridges.find(id)) throw duplicate(id);
  const bridge = make(call, id, 'Unable to create bridge');
  setVariables(bridge, variablesIn(call.body));
  return ok(bridge.snapshot());
};

function make({ engine, params }: OperationCall, id: string, refusal: string): Bridge {
  const bridge = engine.bridges.create(id, params.text('name'), params.text('type'));
  if (!bridge) throw new AriFailure(500, refusal);
  return bridge;
}

/** What is wrong with the variables shows only now that the bridge is there, and there it stays. */
function setVariables(bridge: Bridge, variables: unknown): void {
  for (const { name, value, report } of readVariables(variables)) {
    bridge.variables.set(name, value);
    if (report) bridge.reported.add(name);
  }
}

function duplicate(id: string): AriFailure {
  return new AriFailure(409, `Bridge with id '${id}' already exists`);
}
