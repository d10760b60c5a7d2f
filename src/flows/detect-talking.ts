import { checkFor, checkGivenOptions } from '../support/check-option.js';
import { checkParty } from './check.js';
import {
  checkTalk,
  TalkDetection,
  talkSettings,
  type Talk,
  type TalkingChannel,
  type TalkSettings,
} from './talking.js';
import { errorOf } from './run-flow.js';
import { undo } from './persist.js';
import { ifStillThere, Watch, type Ending } from './watch.js';

/** Options of {@link detectTalking}. */
export interface DetectTalkingOptions extends TalkSettings {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

const known = [...talkSettings, 'signal'] as const satisfies readonly (keyof DetectTalkingOptions)[];

/**
 * When somebody begins to talk on a channel, and when they cease, for `for await`. It begins with the loop and ends with
 * it, with the channel or with the signal; then Asterisk detects nothing any more, and no listener is left. What its
 * generator returns is why it ended. The end of talking is heard of where audio comes after it, though it be silence.
 * @throws {AriValidationError} for wrong options, before anything is sent; in the loop, what the requests throw
 */
export function detectTalking(
  channel: TalkingChannel,
  options: DetectTalkingOptions = {},
): AsyncGenerator<Talk, Ending, undefined> {
  checkParty('detectTalking', 'channel', channel, ['on', 'waitFor', 'get', 'setChannelVar']);
  checkGivenOptions('detectTalking', options, known);
  const settings = checkFor('detectTalking', () => checkTalk(options));
  return named(talks(channel, settings, options.signal));
}

/** What the loop fails with names it. */
async function* named(heard: AsyncGenerator<Talk, Ending, undefined>): AsyncGenerator<Talk, Ending, undefined> {
  try {
    return yield* heard;
  } catch (error) {
    throw errorOf('detectTalking', error);
  }
}

async function* talks(
  channel: TalkingChannel,
  settings: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Talk, Ending, undefined> {
  const watch = new Watch(channel, signal);
  const heard: Talk[] = [];
  const detection = new TalkDetection(channel, (talk) => {
    heard.push(talk);
    watch.notify();
  });
  let isSet = false;
  try {
    if (watch.ending === undefined) {
      isSet = true;
      await watch.request(() => detection.start(settings));
    }
    for (;;) {
      const talk = heard.shift();
      if (talk !== undefined) {
        yield talk;
      } else if (watch.ending !== undefined) {
        return watch.ending;
      } else {
        await watch.change();
      }
    }
  } finally {
    detection.close();
    watch.close();
    if (isSet && !watch.isGone) {
      await ifStillThere(() => undo(channel, () => detection.stop()));
    }
  }
}
