/** Says in the documents' own names what a JSON path points at: `POST /channels (originate): parameter app: dataType`. */
export function describePlace(json: unknown, path: readonly PropertyKey[]): string {
  const words: string[] = [];
  let value: unknown = json;
  let collection: PropertyKey | undefined;
  let apiPath = '';
  for (const key of path) {
    value = member(value, key);
    if (collection === 'apis') apiPath = word(value, 'path') ?? `apis[${String(key)}]`;
    else if (collection === 'operations') {
      words.push(operationWord(value, apiPath));
      apiPath = '';
    } else if (collection !== undefined) {
      const name = word(value, 'name') ?? word(value, 'code') ?? brief(String(key));
      words.push(`${COLLECTIONS.get(collection)} ${name}`);
    }
    if (collection !== undefined) collection = undefined;
    else if (COLLECTIONS.has(key)) collection = key;
    else words.push(brief(String(key)));
  }
  if (apiPath) words.unshift(apiPath);
  if (collection !== undefined) words.push(String(collection));
  return words.join(': ');
}

/** Keys whose children are named things, with the word for one of them. */
const COLLECTIONS: ReadonlyMap<PropertyKey, string> = new Map([
  ['apis', 'path'],
  ['operations', 'operation'],
  ['parameters', 'parameter'],
  ['errorResponses', 'error response'],
  ['models', 'model'],
  ['properties', 'property'],
]);

/** As much of an operation's name as it has. */
function operationWord(value: unknown, path: string): string {
  const nickname = word(value, 'nickname');
  return `${word(value, 'httpMethod') ?? 'operation'} ${path}${nickname === undefined ? '' : ` (${nickname})`}`;
}

/** A member that a value has itself; nothing of what every object inherits. */
export function member(value: unknown, key: PropertyKey): unknown {
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return has ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

/** A member that can be read aloud. */
function word(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' || typeof found === 'number' ? brief(String(found)) : undefined;
}

/** A text as far as a line has room for it. */
export function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
