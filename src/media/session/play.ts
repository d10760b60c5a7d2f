import { AriValidationError } from '../../errors/validation-error.js';
import { checkCallOptions } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import type { Outcome } from './outcome.js';
import type { Utterance } from './utterance.js';

/** Audio in the connection's format, and in chunks of any size: a buffer, a list, a stream, a generator. */
export type AudioSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Options of `play`. */
export interface PlayOptions {
  /** Ends it: with a flush, so that nothing more is heard. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of audio that was played. */
export interface Played {
  readonly outcome: Outcome;
  /** How much of it was played, in milliseconds. */
  readonly playedMs: number;
}

interface Stage {
  begin(): Utterance;
  flush(): void;
}

export async function playSource(stage: Stage, source: AudioSource, options: PlayOptions = {}): Promise<Played> {
  checkCallOptions('play', options, ['signal']);
  checkSource(source);
  const { signal } = options;
  const utterance = stage.begin();
  const onAbort = (): void => {
    if (!utterance.ended) {
      stage.flush();
    }
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal?.aborted) {
      return { outcome: 'flushed', playedMs: 0 };
    }
    await writeAll(utterance, source);
    const outcome = await utterance.end();
    return { outcome, playedMs: utterance.playedMs };
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

function checkSource(source: unknown): void {
  const { [Symbol.iterator]: one, [Symbol.asyncIterator]: other } = Object(source) as Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  if (typeof source === 'string' || (one === undefined && other === undefined)) {
    const allowed = 'bytes, or an iterable or a stream of bytes';
    throw new AriValidationError(`play: the source must be ${allowed}, not ${describe(source)}`, 'source');
  }
}

/** Writes until the source has no more, or the utterance has ended; a source that is slow does not keep it waiting. */
async function writeAll(utterance: Utterance, source: AudioSource): Promise<void> {
  if (ArrayBuffer.isView(source)) {
    await utterance.flow(source);
    return;
  }
  const chunks = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let wake = (): void => undefined;
  const stopListening = utterance.whenEnded(() => wake());
  try {
    while (!utterance.ended) {
      const next = await new Promise<IteratorResult<Uint8Array, unknown> | undefined>((resolve, reject) => {
        wake = () => resolve(undefined);
        Promise.resolve(chunks.next()).then(resolve, reject);
      });
      if (next?.done === true) {
        return;
      }
      if (next === undefined || !(await utterance.flow(next.value))) {
        break;
      }
    }
  } finally {
    stopListening();
  }
  // Not awaited: a generator returns only after what it is waiting for.
  Promise.resolve(chunks.return?.()).catch(() => undefined);
}
