import type { Engine } from '../engine/engine.js';
import { AriFailure, FatalRequest } from '../http/failure.js';
import { accepted, ok, type Reply } from '../http/reply.js';
import type { Handlers, OperationCall } from './handler.js';
import { plainVariables } from './variables.js';

export const endpoints: Handlers = {
  list: ({ engine }) => ok(engine.endpoints.list()),

  listByTech: ({ engine, params }) => ok(engine.endpoints.list(params.text('tech'))),

  get: ({ engine, params }) => ok(engine.endpoints.get(params.text('tech'), params.text('resource'))),

  sendMessage: (call) => sendMessage(call, call.params.text('to')),

  sendMessageToEndpoint: (call) => {
    const { tech, resource } = requireEndpoint(call);
    return sendMessage(call, `${tech.toLowerCase()}:${resource}`);
  },

  refer: (call) => refer(call, call.params.text('to')),

  referToEndpoint: (call) => {
    const { tech, resource } = requireEndpoint(call);
    return refer(call, `${tech.toLowerCase()}:${resource}`);
  },
};

function requireEndpoint({ engine, params }: OperationCall): { tech: string; resource: string } {
  const tech = params.text('tech');
  const resource = params.text('resource');
  engine.endpoints.get(tech, resource);
  return { tech, resource };
}

function sendMessage({ engine, params, body }: OperationCall, to: string): Reply {
  const variables = plainVariables(body);
  if (to === '') throw new AriFailure(400, 'To must be specified');
  deliver(engine, to, (device) => device.message?.(params.text('from'), params.text('body'), variables));
  return accepted();
}

function refer({ engine, params, body }: OperationCall, to: string): Reply {
  plainVariables(body);
  if (to === '') throw new AriFailure(400, 'To must be specified');
  deliver(engine, to, (device) => device.refer?.(params.text('refer_to')));
  return accepted();
}

/** Hands something to the device behind `tech:resource`. */
function deliver(engine: Engine, to: string, hand: (device: Device) => void): void {
  const [technology = '', resource = ''] = to.split(/:(?:sips?:)?/);
  const name = resource.replace(/@.*/, '');
  requireAors(engine, technology, name);
  const device = engine.endpoints.device(technology, name);
  if (!device) throw new AriFailure(404, 'Endpoint not found');
  hand(device);
}

/** An endpoint that was written without `aors`: Asterisk ends when it looks where to send something. */
function requireAors(engine: Engine, technology: string, name: string): void {
  const written = engine.dynamicConfig.find('res_pjsip', 'endpoint', name);
  if (technology.toLowerCase() === 'pjsip' && written !== undefined && (written.get('aors') ?? '') === '') {
    throw new FatalRequest('the endpoint was made without aors');
  }
}

type Device = NonNullable<ReturnType<Engine['endpoints']['device']>>;
