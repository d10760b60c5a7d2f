import type { Channel } from '../../engine/channels/channel.js';
import { localPeer } from '../../engine/channels/local.js';
import { requestChannel } from '../../engine/channels/technologies.js';
import { Dial } from '../../engine/channels/dial.js';
import { parseCallerId } from '../../engine/caller-id.js';
import type { Engine } from '../../engine/engine.js';
import { source } from '../../engine/events.js';
import { AriFailure } from '../../http/failure.js';
import { ok } from '../../http/reply.js';
import { toInteger } from '../../params/values.js';
import type { Handler, OperationCall } from '../handler.js';
import { readVariables, type VariableSetting, variablesIn } from '../variables.js';
import { applyVariables } from './variables.js';
import { readEndpoint, readIds, requireFormats } from './endpoint.js';

/** Where a channel goes when it is answered. */
type Destination =
  | { readonly kind: 'application'; readonly name: string; readonly args: string }
  | { readonly kind: 'extension'; readonly context: string; readonly exten: string; readonly priority: number };

/** What `originate` makes of a request. */
export interface Origination {
  readonly endpoint: string;
  readonly ids: { readonly id: string; readonly otherId: string };
  readonly destination: Destination;
  readonly callerId: string;
  readonly timeoutSeconds: number;
  /** The formats that the channel may use, separated by commas; empty for any. */
  readonly formats: string;
  readonly variables: readonly VariableSetting[];
  /** Has the channel go on when it is to. */
  begin(work: () => void): void;
}

const DEFAULT_TIMEOUT_SECONDS = 30;

/** `POST /channels`, `POST /channels/{channelId}` */
export const originate: Handler = (call) => {
  const { engine, params } = call;
  const variables = readVariables(variablesIn(call.body));
  const ids = readIds(params);
  const endpoint = params.text('endpoint');
  if (endpoint === '') throw new AriFailure(400, 'Endpoint must be specified');
  requireFormats(params);
  readEndpoint(endpoint);
  const destination = readDestination(call);
  requireOriginator(call);
  const channel = startOrigination(engine, {
    endpoint,
    ids,
    destination,
    callerId: params.text('callerId'),
    timeoutSeconds: params.number('timeout'),
    formats: params.text('formats'),
    variables,
    begin: (work) => engine.soon(work),
  });
  return ok(channel.shown);
};

/** Makes the channel and dials it; it goes on to its destination when it is answered. */
export function startOrigination(engine: Engine, request: Origination): Channel {
  const { technology, resource } = readEndpoint(request.endpoint);
  const { destination, timeoutSeconds } = request;
  const channel = requestChannel(engine, technology, resource, request.ids, request.formats);
  channel.restingApp = { app: 'AppDial2', data: '(Outgoing Line)' };
  engine.channels.setPosition(channel, channel.restingApp);
  if (request.callerId !== '') {
    const caller = parseCallerId(request.callerId);
    engine.channels.setCaller(channel, caller);
    engine.channels.setConnected(channel, caller);
  }
  applyVariables(engine, channel, request.variables);
  if (destination.kind === 'application') {
    for (const one of [channel, localPeer(channel)]) {
      if (one) engine.applications.subscribe(destination.name, source.channel(one.id));
    }
  }
  const dial = new Dial(engine, {
    channel,
    dialString: resource,
    originated: true,
    timeoutMs: timeoutSeconds < 0 ? undefined : 1000 * (timeoutSeconds || DEFAULT_TIMEOUT_SECONDS),
    answered: () => request.begin(() => proceed(engine, channel, destination)),
    failed: (status) => giveUp(engine, channel, status),
  });
  engine.soon(() => dial.start());
  return channel;
}

function proceed(engine: Engine, channel: Channel, destination: Destination): void {
  if (channel.gone || channel.hangingUp) return;
  if (destination.kind === 'application') {
    engine.stasis.enterAlone(channel, destination.name, destination.args);
    return;
  }
  const { context, exten, priority } = destination;
  channel.position = { ...channel.position, context, exten, priority };
  engine.dialplan.run(channel);
}

function giveUp(engine: Engine, channel: Channel, status: string): void {
  if (status === 'NOANSWER') channel.hangupCause = 19;
  // Nobody need tell it any more that it is to hang up.
  channel.hangingUp = true;
  engine.soon(() => {
    // A call that led nowhere takes both halves of a Local channel with it, the second first.
    const peer = localPeer(channel);
    if (status === '' && peer) engine.channels.destroy(peer);
    engine.channels.destroy(channel);
  });
}

function readDestination({ engine, params }: OperationCall): Destination {
  const name = params.text('app');
  if (name !== '') {
    const args = params.text('appArgs');
    return { kind: 'application', name, args };
  }
  const exten = params.text('extension');
  if (exten === '') throw new AriFailure(400, 'Application or extension must be specified');
  const context = params.text('context') || 'default';
  const label = params.text('label');
  if (label === '') return { kind: 'extension', context, exten, priority: params.number('priority') || 1 };
  const numeric = /^\s*[+-]?\d/.test(label);
  const priority = numeric ? toInteger(label) : engine.dialplan.labelled({ context, exten }, label);
  if (priority === undefined) throw new AriFailure(404, 'Requested label can not be found');
  if (priority === 0) throw new AriFailure(400, 'Requested priority is illegal');
  return { kind: 'extension', context, exten, priority };
}

function requireOriginator({ engine, params }: OperationCall): void {
  const originator = params.text('originator');
  if (originator !== '' && !engine.channels.find(originator)) {
    throw new AriFailure(400, 'Provided originator channel was not found');
  }
}
