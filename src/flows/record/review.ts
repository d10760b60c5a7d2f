import { checkNames, refuseOption } from '../../support/check-option.js';
import { mustBe } from '../../support/describe.js';
import { allDigits, checkMedia } from '../check.js';
import type { DigitBuffer } from '../digits.js';
import { menu } from '../menu.js';
import { recorded } from '../media-uris.js';
import type { FlowChannel } from '../parties.js';
import type { Media } from '../playing.js';

/** How a caller reviews what they have recorded. */
export interface ReviewOptions {
  /** What says which digit does what. */
  readonly prompt: Media;
  /** The digit to listen to it. @default `1` */
  readonly listen?: string | undefined;
  /** The digit to record it again. @default `2` */
  readonly again?: string | undefined;
  /** The digit to keep it. It is kept as well if nobody chooses. @default `3` */
  readonly keep?: string | undefined;
}

/** {@link ReviewOptions}, checked, with nothing left out. */
export interface ReviewRules {
  readonly prompt: readonly string[];
  readonly listen: string;
  readonly again: string;
  readonly keep: string;
}

/** @throws {AriValidationError} */
export function checkReview(review: ReviewOptions): ReviewRules {
  checkNames('review', review, ['prompt', 'listen', 'again', 'keep']);
  const { listen = '1', again = '2', keep = '3' } = review;
  const digits = Object.entries({ listen, again, keep });
  for (const [index, [option, digit]] of digits.entries()) {
    if (typeof digit !== 'string' || digit.length !== 1 || !allDigits.includes(digit)) {
      throw refuseOption(`review.${option}`, mustBe(`a digit of ${allDigits}`, digit));
    }
    const same = digits.slice(0, index).find(([, other]) => other === digit);
    if (same !== undefined) {
      throw refuseOption(`review.${option}`, `must be another digit than '${same[0]}', not ${digit} as well`);
    }
  }
  return { prompt: checkMedia('review.prompt', review.prompt), listen, again, keep };
}

/**
 * Returns what the caller wants, or that there is no caller any more.
 * @param typeAhead what the caller has typed since the end of the recording, and types between one prompt and the next
 */
export async function reviewRecording(
  channel: FlowChannel,
  name: string,
  rules: ReviewRules,
  { typeAhead, signal }: { readonly typeAhead: DigitBuffer; readonly signal: AbortSignal | undefined },
): Promise<'again' | 'keep' | 'hangup' | 'aborted'> {
  let prompt = rules.prompt;
  for (;;) {
    const { reason, value } = await menu(channel, {
      prompt,
      choices: {
        [rules.listen]: () => 'listen' as const,
        [rules.again]: () => 'again' as const,
        [rules.keep]: () => 'keep' as const,
      },
      otherwise: () => 'keep' as const,
      typeAhead,
      signal,
    });
    if (reason === 'hangup' || reason === 'aborted') {
      return reason;
    }
    if (value !== 'listen') {
      return value ?? 'keep';
    }
    // Who has heard enough need not wait for the end to choose.
    prompt = [recorded(name), ...rules.prompt];
  }
}
