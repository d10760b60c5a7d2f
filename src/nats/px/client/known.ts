import type { PxThing } from '../things.js';
import type { Translated } from '../to-px.js';

/**
 * What is known of a playback or a recording that is over before anybody could ask for its data; undefined of other
 * things, which are not made to be over.
 */
export function knownOf({ params, kind, id }: Translated, of: PxThing, made: string): object | undefined {
  const target_uri = `${kind.thing}:${id}`;
  if (of === 'playback') {
    const [media_uri] = [params.get('media')].flat();
    return { id: made, media_uri, target_uri, language: '', state: 'done' };
  }
  return of === 'liverecording' ? { name: made, format: params.get('format'), target_uri, state: 'done' } : undefined;
}
