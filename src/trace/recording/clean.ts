import type { Redact } from '../../diagnostics/redact.js';

/** Names whose values are credentials, whosoever they are. */
const secretNames = /^(?:api_key|authorization)$/i;

/** No credential is a date; and every event has some. */
const date = /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d{4}$/;

/** JSON data with credentials taken out of all texts in it, names included. */
export function cleanData(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') {
    return date.test(value) ? value : redact(value);
  }
  if (Array.isArray(value)) {
    return value.map((each) => cleanData(each, redact));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        redact(name),
        secretNames.test(name) ? '***' : cleanData(each, redact),
      ]),
    );
  }
  return value;
}

/** What a JSON text holds, without credentials; what is no JSON, or nested too deeply for us, as the text that it is. */
export function cleanJson(text: string, redact: Redact): unknown {
  try {
    return cleanData(JSON.parse(text), redact);
  } catch {
    return redact(text);
  }
}
