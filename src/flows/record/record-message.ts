import { checkParty, checkSameAsteriskOption } from '../check.js';
import { withDigits, type DigitBuffer } from '../digits.js';
import type { RecordableChannel } from '../parties.js';
import { runFlow } from '../run-flow.js';
import type { SnoopableChannel } from '../snoop.js';
import { recordOnce } from './message.js';
import { checkRecordMessage, type RecordMessageOptions, type RecordMessageRules } from './options.js';
import type { RecordMessageResult } from './result.js';
import { reviewRecording } from './review.js';

/**
 * Records what a caller says, until a digit, silence, the time limit or the end of the call. A recording of a caller who
 * hangs up is stored. A channel in a bridge cannot be recorded: take `bridge` or `snoop` for that. Nothing is recorded
 * any more when it settles, and no channel and no listener is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw, such as
 *   {ConflictError} and {UnprocessableEntityError} for a name that is taken and a format that is unknown
 */
export async function recordMessage(
  channel: RecordableChannel,
  options: RecordMessageOptions,
): Promise<RecordMessageResult> {
  return runFlow('recordMessage', () => recordChecked(channel, options));
}

async function recordChecked(channel: RecordableChannel, options: RecordMessageOptions): Promise<RecordMessageResult> {
  const rules = checkRecordMessage(options);
  const method = rules.snoop === undefined ? 'record' : 'snoopChannelWithId';
  checkParty('recordMessage', 'channel', channel, ['on', 'waitFor', 'play', 'get', method]);
  checkSameAsteriskOption('bridge', rules.bridge, channel);
  checkSameAsteriskOption('client', rules.client, channel);
  const { typeAhead, signal } = options;
  const record = (): Promise<RecordMessageResult> =>
    withDigits(channel, typeAhead, (digits) =>
      recordUntilKept(channel as RecordableChannel & SnoopableChannel, rules, digits, signal),
    );
  return rules.control === undefined ? record() : rules.control.during(record);
}

/** As often as the caller wishes it in the review. */
async function recordUntilKept(
  channel: RecordableChannel & SnoopableChannel,
  rules: RecordMessageRules,
  digits: DigitBuffer,
  signal: AbortSignal | undefined,
): Promise<RecordMessageResult> {
  const { params, review } = rules;
  for (let ifExists = params.ifExists; ; ifExists = 'overwrite') {
    const result = await recordOnce(channel, { ...rules, params: { ...params, ifExists } }, digits, signal);
    const isToReview = result.stored === true && !['hangup', 'aborted'].includes(result.reason);
    if (review === undefined || !isToReview) {
      return result;
    }
    const wish = await reviewRecording(channel, params.name, review, { typeAhead: digits, signal });
    if (wish !== 'again') {
      return wish === 'keep' ? result : { ...result, reason: wish };
    }
  }
}
