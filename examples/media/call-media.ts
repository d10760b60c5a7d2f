import { AriAbortError, ObjectGoneError, type AriClient, type Channel } from 'asterisk-ari';
import { openMedia, type Media, type OpenMediaOptions } from 'asterisk-ari/media';

/** What `StasisStart` says of the channels that are made here; every other one is a caller. */
export const ownArgument = 'media';

/**
 * Answers a caller, and puts them into a bridge with a channel whose audio this program has. When one of the two goes,
 * so does the other.
 * @param use what is done with the audio; when it is over, the caller is hung up
 */
export async function callMedia(
  client: AriClient,
  caller: Channel,
  options: Omit<OpenMediaOptions, 'data' | 'signal'>,
  use: (media: Media) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  caller.once('StasisEnd', () => over.abort());
  try {
    await caller.answer();
    await using media = await openMedia(client, { ...options, data: ownArgument, signal: over.signal });
    // The caller may have gone in the very moment in which it was open.
    over.signal.throwIfAborted();
    over.signal.addEventListener('abort', () => void media.close());
    const bridge = await client.bridges.create({ type: 'mixing' });
    try {
      await bridge.addChannel({ channel: [caller, media.channel] });
      await use(media);
    } finally {
      await bridge.destroy();
    }
    await caller.hangup().catch(ignoreGone);
  } catch (error) {
    // A caller who hangs up in the middle of it is no failure.
    if (!over.signal.aborted) {
      throw error;
    }
  }
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof ObjectGoneError || error instanceof AriAbortError)) {
    throw error;
  }
}
