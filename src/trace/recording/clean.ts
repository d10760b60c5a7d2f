import type { Redact } from '../../diagnostics/redact.js';
import { keptLevels } from '../nesting.js';

/** Names whose values are credentials, whosoever they are. */
const secretNames = /^(?:api_key|authorization)$/i;

/** No credential is a date; and every event has some. */
const date = /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d{4}$/;

/** JSON data with credentials taken out of all texts in it, names included; what is nested too deeply is cut off. */
export function cleanData(value: unknown, redact: Redact, levels = keptLevels): unknown {
  if (typeof value === 'string') {
    return date.test(value) ? value : redact(value);
  }
  if (levels === 0 && typeof value === 'object' && value !== null) {
    return '…';
  }
  if (Array.isArray(value)) {
    return value.map((each) => cleanData(each, redact, levels - 1));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        redact(name),
        secretNames.test(name) ? '***' : cleanData(each, redact, levels - 1),
      ]),
    );
  }
  return value;
}

/** What a JSON text holds, without credentials; what is no JSON as the text that it is. */
export function cleanJson(text: string, redact: Redact): unknown {
  try {
    return cleanData(JSON.parse(text), redact);
  } catch {
    return redact(text);
  }
}
