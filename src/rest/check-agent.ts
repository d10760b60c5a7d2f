import type { Agent } from 'node:http';
import { refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';

/** @throws {AriValidationError} */
export function checkAgent(agent: Agent | undefined): Agent | undefined {
  // By this, Node knows an agent; its types do not.
  const { addRequest } = (agent ?? {}) as { readonly addRequest?: unknown };
  if (agent !== undefined && typeof addRequest !== 'function') {
    throw refuseOption('agent', `must be an agent of node:http or node:https, not ${describe(agent)}`);
  }
  return agent;
}
