import { facets } from './facets.js';
import type { Json } from './types.js';

/** Most examples of one kind. */
const most = 12;
/** Most items of a list, such as that of all modules. */
const mostItems = 8;

/**
 * Of many messages of one kind the few that show all there is to see, in an order that does not depend on when they
 * came. The richest come first.
 */
export function select(messages: readonly Json[], enums: ReadonlySet<string>, limit = most): Json[] {
  const texts = [...new Set(messages.map((message) => JSON.stringify(message)))];
  const candidates = texts.map((text) => ({ text, shows: facets(JSON.parse(text) as Json, enums) }));
  candidates.sort((a, b) => b.shows.size - a.shows.size || (a.text < b.text ? -1 : 1));
  const seen = new Set<string>();
  const chosen: Json[] = [];
  for (const { text, shows } of candidates) {
    if (chosen.length < limit && [...shows].some((facet) => !seen.has(facet))) {
      chosen.push(JSON.parse(text) as Json);
      for (const facet of shows) {
        seen.add(facet);
      }
    }
  }
  return chosen;
}

/** A list of many, made short: items that show nothing new are left out. */
export function shorten(body: Json, enums: ReadonlySet<string>): Json {
  return Array.isArray(body) ? select(body as Json[], enums, mostItems) : body;
}
