import type { MalformedMedia } from '../protocol/events.js';
import type { MediaListenerFailure } from '../session/emitter.js';
import type { Media } from '../session/media.js';

/** What a server for media has to tell. */
export interface MediaServerEvents {
  /** Asterisk has connected, for a channel that nobody here waits for. Without a listener it is closed again. */
  readonly media: Media;
  /** Something has connected that is no Asterisk, or speaks wrongly; it was closed. */
  readonly malformed: MalformedMedia;
  /** A listener threw, or its promise was rejected. */
  readonly listenerError: MediaListenerFailure;
}

export const serverEventNames: ReadonlySet<string> = new Set(['media', 'malformed', 'listenerError']);
