import { listenToDigits } from '../../channels/digits.js';
import { DigitSending } from '../../channels/send-digits.js';
import { splitList } from '../../../params/split-list.js';
import type { DialplanApp } from '../app.js';
import { answerChannel } from './call-state.js';

/** Plays files one after the other; what does not exist is skipped. */
export const playback: DialplanApp = ({ engine, channel, data, done }) => {
  const files = (splitList(data)[0] ?? '').split('&').filter(Boolean);
  answerChannel(engine, channel);
  let stop: (() => void) | undefined;
  let failed = false;
  next(0);
  function next(at: number): void {
    const file = files[at];
    const length = file === undefined ? undefined : engine.sounds.durationOf(file);
    if (file === undefined) {
      engine.channels.setVariable(channel, 'PLAYBACKSTATUS', failed ? 'FAILED' : 'SUCCESS');
      done();
    } else if (length === undefined) {
      failed = true;
      next(at + 1);
    } else {
      const heard = { media: `sound:${file}` };
      channel.farEnd.hear(heard);
      // Somebody is waiting for it to end; it is not the application under test that plays it.
      const timer = engine.after(length, 'patience', () => {
        channel.farEnd.hearEnd(heard);
        next(at + 1);
      });
      stop = () => {
        timer.cancel();
        channel.farEnd.hearEnd(heard);
        engine.channels.setVariable(channel, 'PLAYBACKSTATUS', failed ? 'FAILED' : 'SUCCESS');
      };
    }
  }
  return () => stop?.();
};

/** So many digits in one instant are not somebody's keys, but one digit going round in a circle of echoes. */
const CIRCLE = 16;

/** Sends back what it hears. A digit that goes round in a circle comes back only after its time. */
export const echo: DialplanApp = ({ engine, channel }) => {
  let instant = 0;
  let echoes = 0;
  listenToDigits(channel, (digit, durationMs) => {
    const send = (): void => channel.farEnd.digit(digit, durationMs);
    echoes = instant === engine.clock.now() ? echoes + 1 : 1;
    instant = engine.clock.now();
    if (echoes > CIRCLE) engine.after(durationMs, 'patience', send);
    else engine.soon(send);
  });
  channel.audioListener = (frame) => engine.soon(() => channel.farEnd.audio(frame));
  return () => {
    channel.digitListener = undefined;
    channel.audioListener = undefined;
  };
};

/** Waits a number of seconds. */
export const wait: DialplanApp = ({ engine, data, done }) => {
  const timer = engine.after(1000 * (Number.parseFloat(data) || 0), 'patience', done);
  return () => timer.cancel();
};

/** `SendDTMF(digits[,timeout_ms[,duration_ms]])`. */
export const sendDtmf: DialplanApp = ({ engine, channel, data, done }) => {
  const [digits = '', between, duration] = splitList(data);
  const timing = {
    before: 0,
    between: Number.parseInt(between ?? '', 10) || 250,
    duration: Number.parseInt(duration ?? '', 10) || 100,
    after: 0,
  };
  const sending = new DigitSending(engine, channel, digits, timing, done);
  sending.start();
  return () => sending.cancel();
};
