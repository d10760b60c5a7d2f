import type { Channel } from '../../channels/channel.js';
import type { Engine } from '../../parts.js';
import type { DialplanApp, StepContext } from '../app.js';

/** `Answer` waits this long for the first sound of the other side, so that nothing said is lost. */
const ANSWER_PATIENCE_MS = 500;

/** Answers a channel, unless it is up already. */
export function answerChannel(engine: Engine, channel: Channel): void {
  if (channel.state === 'Up') return;
  engine.channels.setState(channel, 'Up');
  channel.farEnd.signal('answer');
}

export const answer: DialplanApp = ({ engine, channel, done }) => {
  if (channel.state === 'Up') {
    done();
    return undefined;
  }
  answerChannel(engine, channel);
  const timer = engine.after(ANSWER_PATIENCE_MS, 'media', goOn);
  channel.mediaListener = goOn;
  channel.keptDigits = [];
  function goOn(): void {
    stop();
    done();
  }
  function stop(): void {
    timer.cancel();
    channel.mediaListener = undefined;
  }
  return stop;
};

export const ringing: DialplanApp = ({ channel, done }) => {
  channel.farEnd.signal('ringing');
  done();
};

export const progress: DialplanApp = ({ channel, done }) => {
  channel.farEnd.signal('progress');
  done();
};

export const busy: DialplanApp = (step) => refuse(step, 'busy', 17);

export const congestion: DialplanApp = (step) => refuse(step, 'congestion', 34);

/** Signals that the call fails, and waits for the other side to hang up. */
function refuse({ engine, channel }: StepContext, signal: 'busy' | 'congestion', cause: number): void {
  channel.farEnd.signal(signal);
  if (channel.state === 'Up') return;
  channel.hangupCause = cause;
  engine.channels.setState(channel, 'Busy');
}
