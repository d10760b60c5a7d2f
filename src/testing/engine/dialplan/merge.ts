import { ownValue } from '../../params/own-value.js';
import type { DialplanData } from './data.js';

/** One dialplan with another one's extensions over its own. */
export function mergeDialplans(base: DialplanData, over: DialplanData): DialplanData {
  const contexts = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries(
    [...contexts].map((context) => [context, { ...ownValue(base, context), ...ownValue(over, context) }]),
  );
}
