import { AriAbortError } from '../../errors/abort-error.js';
import { AriError } from '../../errors/ari-error.js';
import { failed } from '../session/failed.js';
import type { ChannelTraits, Media } from '../session/media.js';
import type { MediaSettings } from '../session/options.js';

/** What is known beforehand of a connection that Asterisk will open. */
export interface Expectation {
  readonly format: string;
  readonly settings: MediaSettings;
  readonly traits: ChannelTraits;
}

interface Expected extends Expectation {
  readonly take: (media: Media) => void;
}

/** Connections that somebody waits for, who has made the channel. */
export class Arrivals {
  readonly #expected = new Map<string, Expected>();

  /**
   * Waits for the connection of a channel.
   * @throws {AriAbortError} if the signal aborts first; {AriError} if somebody waits for it already
   */
  expect(channelId: string, expectation: Expectation, signal: AbortSignal): Promise<Media> {
    if (this.#expected.has(channelId)) {
      return failed(new AriError(`somebody waits for the media of channel ${channelId} already`));
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#expected.delete(channelId);
        reject(new AriAbortError('waiting for the media connection was given up', 'notSent', { cause: signal.reason }));
      };
      const take = (media: Media): void => {
        this.#expected.delete(channelId);
        signal.removeEventListener('abort', onAbort);
        resolve(media);
      };
      this.#expected.set(channelId, { ...expectation, take });
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) {
        onAbort();
      }
    });
  }

  /** What is known of a channel; `undefined` if nobody waits for it. */
  of(channelId: string | undefined): Expectation | undefined {
    return this.#expected.get(channelId ?? '');
  }

  /** Hands a connection to whoever waits for it; false if that is nobody. */
  arrived(media: Media): boolean {
    const expected = this.#expected.get(media.info.channelId ?? '');
    expected?.take(media);
    return expected !== undefined;
  }
}
