import { isPlain } from './is-plain.js';

/**
 * Whether something can hold values by name: an object with fields of its own, or a plain one without any. A date, a
 * promise, a map or a signal has none, and would be taken for nothing at all.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (isPlain(value) || Object.keys(value).length > 0)
  );
}
