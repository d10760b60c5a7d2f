import { answerChannel } from '../../engine/dialplan/apps/call-state.js';
import { DigitSending } from '../../engine/channels/send-digits.js';
import type { Channel } from '../../engine/channels/channel.js';
import { AriFailure } from '../../http/failure.js';
import { noContent } from '../../http/reply.js';
import type { Handler, Handlers, OperationCall } from '../handler.js';
import { requireControlled, requireEstablished } from './require.js';

export const control: Handlers = {
  answer: async (call) => {
    const { channel, stay } = requireEstablished(call);
    const answered = await stay.commands.call(() => answerChannel(call.engine, channel));
    if (!answered) throw new AriFailure(500, 'Failed to answer channel');
    return noContent();
  },

  ring: command(({ farEnd }) => farEnd.signal('ringing')),
  ringStop: command(() => {}),
  progress: command(({ farEnd }) => farEnd.signal('progress')),

  hold: command(({ farEnd }) => farEnd.signal('hold')),
  unhold: command(({ farEnd }) => farEnd.signal('unhold')),

  mute: (call) => mute(call),
  unmute: (call) => mute(call),

  startMoh: (call) => command((channel) => startMusic(channel, call.params.text('mohClass')))(call),
  stopMoh: command((channel) => endBackground(channel, 'moh:')),
  startSilence: command((channel) => startBackground(channel, 'silence')),
  stopSilence: command((channel) => endBackground(channel, 'silence')),

  sendDTMF: (call) => {
    const { channel, stay } = requireEstablished(call);
    const { params, engine } = call;
    const digits = params.text('dtmf');
    if (digits === '') throw new AriFailure(400, 'DTMF is required');
    const timing = {
      before: params.number('before'),
      between: params.number('between') || 100,
      duration: params.number('duration') || 100,
      after: params.number('after'),
    };
    stay.commands.push({
      start: (done) => {
        const sending = new DigitSending(engine, channel, digits, timing, done);
        sending.start();
        return () => sending.hangUp();
      },
    });
    return noContent();
  },

  transferProgress: (call) => transferProgress(call),
  transfer_progress: (call) => transferProgress(call),
};

/** An operation that queues something to be done to the channel, and does not wait for it. */
function command(act: (channel: Channel) => void): Handler {
  return (call) => {
    const { channel, stay } = requireEstablished(call);
    stay.commands.push({
      start: (done) => {
        act(channel);
        done();
      },
    });
    return noContent();
  };
}

function mute(call: OperationCall): ReturnType<Handler> {
  requireEstablished(call);
  const direction = call.params.text('direction');
  if (direction === '') throw new AriFailure(400, 'Direction is required');
  if (!['in', 'out', 'both'].includes(direction)) throw new AriFailure(400, 'Invalid direction specified');
  // Nothing sounds on the double's channels that could fall silent.
  return command(() => {})(call);
}

function startMusic(channel: Channel, musicClass: string): void {
  startBackground(channel, `moh:${musicClass || 'default'}`);
}

function startBackground(channel: Channel, media: string): void {
  endBackground(channel, '');
  channel.background = { media };
  channel.farEnd.hear(channel.background);
}

/** Ends what plays behind everything else, if it is of the kind given. */
function endBackground(channel: Channel, kind: string): void {
  const { background } = channel;
  if (!background?.media.startsWith(kind)) return;
  channel.background = undefined;
  channel.farEnd.hearEnd(background);
}

const TRANSFER_STATES = ['channel_progress', 'channel_answered', 'channel_unavailable', 'channel_declined'];

function transferProgress(call: OperationCall): ReturnType<Handler> {
  const { channel, stay } = requireControlled(call);
  const states = call.params.text('states');
  if (states === '') throw new AriFailure(400, 'states must not be empty');
  if (!TRANSFER_STATES.includes(states.toLowerCase())) throw new AriFailure(400, 'Invalid states value');
  stay.commands.push({
    start: (done) => {
      channel.transfer?.report(states.toLowerCase());
      done();
    },
  });
  return noContent();
}
