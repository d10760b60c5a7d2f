import type { Channel } from '../../engine/channels/channel.js';
import { splitMoved } from '../../params/split-list.js';
import { toInteger } from '../../params/values.js';
import { AriFailure, FatalRequest } from '../../http/failure.js';
import { noContent } from '../../http/reply.js';
import type { Handlers, OperationCall } from '../handler.js';
import { requireControlled, requireEstablished } from './require.js';

export const leave: Handlers = {
  continueInDialplan: (call) => {
    const { channel, stay } = requireEstablished(call);
    const { context, exten, priority } = readTarget(call, channel);
    stay.commands.push({
      start: (done) => {
        done();
        stay.continue(context, exten, priority);
      },
    });
    return noContent();
  },

  move: (call) => {
    const { stay } = requireControlled(call);
    if (!call.params.has('app')) throw new FatalRequest('a channel is moved to no application');
    const args = call.params.text('appArgs');
    stay.commands.push({
      start: (done) => {
        stay.move(call.params.text('app'), splitMoved(args));
        done();
      },
    });
    return noContent();
  },

  redirect: (call) => {
    const { channel } = requireEstablished(call);
    const endpoint = call.params.text('endpoint');
    if (endpoint === '') throw new AriFailure(400, "Required parameter 'endpoint' not provided.", 'Not Found');
    const slash = endpoint.indexOf('/');
    if (slash <= 0) throw new AriFailure(422, `Endpoint parameter '${endpoint}' does not contain tech/resource`);
    const technology = endpoint.slice(0, slash);
    if (slash === endpoint.length - 1) {
      throw new AriFailure(422, `No resource provided in endpoint parameter '${endpoint}'`);
    }
    if (!channel.technology.toLowerCase().startsWith(technology.toLowerCase())) {
      const message = `Endpoint technology '${technology}' does not match channel technology '${channel.technology}'`;
      throw new AriFailure(422, message);
    }
    return noContent();
  },
};

/** What is longer of a context's or an extension's name is cut. */
const LONGEST_PLACE = 79;

interface Target {
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
}

/** Where the request sends the channel; what it leaves open follows from where the channel stands. */
function readTarget({ engine, params }: OperationCall, { position }: Channel): Target {
  const givenContext = params.text('context').slice(0, LONGEST_PLACE);
  const givenExten = params.text('extension').slice(0, LONGEST_PLACE);
  const context = givenContext || position.context;
  const exten = givenExten || (givenContext ? 's' : position.exten);
  const label = params.text('label');
  if (label !== '') return { context, exten, priority: readLabel(label) };
  const priority = params.number('priority');
  // One below zero is none, and does not go on either.
  if (priority !== 0) return { context, exten, priority: priority < 0 ? position.priority : priority };
  return { context, exten, priority: givenContext || givenExten ? 1 : position.priority + 1 };

  function readLabel(text: string): number {
    const number = /^\s*[+-]?\d/.test(text) ? toInteger(text) : engine.dialplan.labelled({ context, exten }, text);
    if (number === undefined) throw new AriFailure(404, 'Requested label can not be found');
    if (number === 0) throw new AriFailure(400, 'Requested priority is illegal');
    return number;
  }
}
