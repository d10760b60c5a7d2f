import { describe } from '../support/describe.js';
import { isPlain } from '../support/is-plain.js';

/**
 * A copy of plain data, in which whatever says how it is written as JSON stands as that: an event that another client has
 * handed out holds domain objects.
 * @throws {TypeError} for what is no data, {RangeError} if it is nested too deeply
 */
export function plainCopy(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw new TypeError(`${describe(value)} is no data`);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return plainCopy(value.toJSON());
  }
  if (!isPlain(value)) {
    throw new TypeError(`${describe(value)} is no plain data`);
  }
  return Array.isArray(value)
    ? value.map(plainCopy)
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainCopy(each)]));
}
