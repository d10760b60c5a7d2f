import type { Bridge } from '../../engine/bridges/bridge.js';
import { AriFailure } from '../../http/failure.js';
import { ok, type Reply } from '../../http/reply.js';
import { isObject } from '../../params/bind.js';
import { ownValue } from '../../params/own-value.js';
import type { Handler, OperationCall } from '../handler.js';
import { readVariables, variablesIn } from '../variables.js';
import { strip } from '../../params/values.js';

/** `POST /bridges`. Where bridges have variables, all that its body says becomes one: so it is in Asterisk. */
export const create: Handler = (call) => {
  const id = call.params.text('bridgeId');
  const taken = call.engine.bridges.find(id) !== undefined;
  // An id in the body is not looked at before the bridge is made.
  if (taken && !ownValue(isObject(call.body) ? call.body : {}, 'bridgeId')) throw duplicate(id);
  const doubt = ` Possible duplicate bridge id '${id || '(null)'}'`;
  const refusal = `Unable to create bridge.${doubt}`;
  if (taken) throw new AriFailure(500, refusal, 'Internal Error');
  const bridge = make(call, id || call.engine.ids.uuid(), refusal);
  return answer(bridge, call.body);
};

/** `POST /bridges/{bridgeId}` */
export const createWithId: Handler = (call) => {
  const id = call.params.text('bridgeId');
  if (call.engine.bridges.isTaken(id)) throw duplicate(id);
  const bridge = make(call, id, 'Unable to create bridge');
  return answer(bridge, variablesIn(call.body));
};

function make({ engine, params }: OperationCall, id: string, refusal: string): Bridge {
  const bridge = engine.bridges.create(id, params.text('name'), params.text('type'));
  if (!bridge) throw new AriFailure(500, refusal, 'Internal Error');
  return bridge;
}

/**
 * Sets the variables, and shows the bridge with them; others see them with the next change of it. What is wrong with them
 * shows only now that the bridge is there, and there it stays.
 */
function answer(bridge: Bridge, variables: unknown): Reply {
  const before = bridge.shownVariables;
  for (const { name, value, report } of readVariables(variables)) bridge.setVariable(strip(name), value, report);
  bridge.showVariables();
  const reply = ok(bridge.snapshot());
  bridge.shownVariables = before;
  return reply;
}

function duplicate(id: string): AriFailure {
  return new AriFailure(409, `Bridge with id '${id}' already exists`);
}
