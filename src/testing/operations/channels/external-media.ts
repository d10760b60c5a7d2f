import { UUID } from '../../engine/channels/media-channel.js';
import type { Engine } from '../../engine/engine.js';
import { AllocationFailure, AriFailure, FatalRequest } from '../../http/failure.js';
import { ok, type Reply } from '../../http/reply.js';
import type { Params } from '../../params/params.js';
import type { Handler, OperationCall } from '../handler.js';
import { readVariables, variablesIn } from '../variables.js';
import { isFormat, readIds } from './endpoint.js';
import { startOrigination, type Origination } from './originate.js';
import { strip } from '../../params/values.js';

interface MediaRequest {
  readonly encapsulation: string;
  readonly transport: string;
  readonly host: string;
  readonly data: string;
  readonly format: string;
  readonly transportData: string;
  readonly direction: string;
}

/** `POST /channels/externalMedia` */
export const externalMedia: Handler = (call) => {
  const { engine, params, body } = call;
  const variables = readVariables(variablesIn(body));
  const request = readRequest(engine, params);
  const ids = readIds(params);
  if (ids.id !== '' && engine.channels.has(ids.id)) {
    throw request.transport === 'websocket' ? new FatalRequest('a WebSocket channel under an id in use') : masked();
  }
  const make = (): Reply => answerWith(call, { ...request, ids, variables });
  return request.encapsulation === 'audiosocket' ? whenReached(engine, request, make) : make();
};

/** There is no channel without the program that it is to be connected with. */
async function whenReached(engine: Engine, { host, data }: MediaRequest, make: () => Reply): Promise<Reply> {
  if (!UUID.test(data) || !(await engine.outgoing.reach(host, data))) throw masked();
  try {
    return engine.run(make);
  } finally {
    engine.outgoing.letGo(data);
  }
}

type Wanted = MediaRequest & Pick<Origination, 'ids' | 'variables'>;

function answerWith({ engine, params }: OperationCall, request: Wanted): Reply {
  try {
    const channel = startOrigination(engine, {
      endpoint: endpointOf(request),
      ids: request.ids,
      destination: {
        kind: 'application',
        name: params.text('app'),
        args: request.data,
      },
      callerId: '',
      timeoutSeconds: 0,
      formats: request.format,
      variables: request.variables,
      begin: (work) => engine.begin(work),
    });
    // This answer, and it alone, carries every variable.
    return ok({ ...channel.shown, channelvars: Object.fromEntries(channel.variables.entries) });
  } catch (error) {
    throw error instanceof AllocationFailure ? masked() : error;
  }
}

/** Whatever goes wrong within is not told. */
function masked(): AriFailure {
  return new AriFailure(500, 'An internal error prevented this request from being handled');
}

function endpointOf(request: MediaRequest): string {
  const { transport, encapsulation, host, data, format, transportData, direction } = request;
  if (transport === 'websocket') {
    const options = `${transportData}${direction && `d(${direction})`}`;
    return `WebSocket/${host || 'INCOMING'}${options && `/${options}`}`;
  }
  if (encapsulation === 'audiosocket') return `AudioSocket/${host}/${data}`;
  return `UnicastRTP/${host}/c(${format})`;
}

/** Checks the request in Asterisk's order. */
function readRequest(engine: Engine, params: Params): MediaRequest {
  const transport = params.text('transport') || 'udp';
  const encapsulation = params.text('encapsulation') || 'rtp';
  const connection = params.text('connection_type') || 'client';
  const host = params.text('external_host');
  const data = params.text('data');
  if (params.text('app') === '') throw new AriFailure(400, 'app cannot be empty');
  requireCombination(transport, encapsulation, connection);
  if (host === '' && connection === 'client') {
    throw new AriFailure(400, 'external_host is required for all but websocket server connections');
  }
  const clients = ['res_websocket_client', 'websocket_client'] as const;
  if (transport === 'websocket' && connection === 'client' && !engine.dynamicConfig.find(...clients, host)) {
    throw new AriFailure(400, 'external_host must be a valid websocket_client connection id.');
  }
  if (transport !== 'websocket' && !/^.+:\d+$/.test(host)) {
    throw new AriFailure(400, 'external_host must be <host>:<port> for all transports other than websocket');
  }
  const format = params.text('format');
  if (format === '') throw new AriFailure(400, 'format cannot be empty');
  const direction = params.text('direction');
  if (!['', 'both', 'in', 'out'].includes(direction)) {
    throw new AriFailure(400, 'Invalid direction specified');
  }
  if (encapsulation === 'audiosocket' && data === '') throw new AriFailure(400, 'data can not be empty');
  if (!isSupported(transport, encapsulation)) {
    throw new AriFailure(501, 'The encapsulation and/or transport is not supported');
  }
  const formats = format.split(',').map(strip);
  // Only a WebSocket may carry one of several formats.
  if (!formats.every(isFormat) || (formats.length > 1 && transport !== 'websocket')) throw masked();
  return { transport, encapsulation, host, data, format, transportData: params.text('transport_data'), direction };
}

function isSupported(transport: string, encapsulation: string): boolean {
  return ['udp/rtp', 'tcp/audiosocket', 'websocket/none'].includes(`${transport}/${encapsulation}`);
}

function requireCombination(transport: string, encapsulation: string, connection: string): void {
  if (transport === 'websocket' && encapsulation !== 'none') {
    throw new AriFailure(400, "encapsulation must be 'none' for websocket transport");
  }
  if (encapsulation === 'rtp' && transport !== 'udp') {
    throw new AriFailure(400, "transport must be 'udp' for rtp encapsulation");
  }
  if (encapsulation === 'audiosocket' && transport !== 'tcp') {
    throw new AriFailure(400, "transport must be 'tcp' for audiosocket encapsulation");
  }
  if (connection === 'server' && transport !== 'websocket') {
    throw new AriFailure(400, "'server' connection_type can only be used with the websocket transport");
  }
}
