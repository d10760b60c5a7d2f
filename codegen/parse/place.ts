/** Says in the documents' own names what a JSON path points at: `POST /channels (originate): parameter app: dataType`. */
export function describePlace(json: unknown, path: readonly PropertyKey[]): string {
  const words: string[] = [];
  let value: unknown = json;
  let collection: PropertyKey | undefined;
  let apiPath = '';
  for (const key of path) {
    value = child(value, key);
    if (collection === 'apis') apiPath = word(value, 'path') ?? `apis[${String(key)}]`;
    else if (collection === 'operations') {
      words.push(operationWord(value, apiPath));
      apiPath = '';
    } else if (collection !== undefined) {
      words.push(`${COLLECTIONS[String(collection)]} ${word(value, 'name') ?? word(value, 'code') ?? String(key)}`);
    }
    if (collection !== undefined) collection = undefined;
    else if (Object.hasOwn(COLLECTIONS, key)) collection = key;
    else words.push(String(key));
  }
  if (apiPath) words.unshift(apiPath);
  if (collection !== undefined) words.push(String(collection));
  return words.join(': ');
}

/** Keys whose children are named things, with the word for one of them. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  apis: 'path',
  operations: 'operation',
  parameters: 'parameter',
  errorResponses: 'error response',
  models: 'model',
  properties: 'property',
};

/** As much of an operation's name as it has. */
function operationWord(value: unknown, path: string): string {
  const nickname = word(value, 'nickname');
  return `${word(value, 'httpMethod') ?? 'operation'} ${path}${nickname === undefined ? '' : ` (${nickname})`}`;
}

function child(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

/** A member that can be read aloud. */
function word(value: unknown, key: string): string | undefined {
  const found = child(value, key);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
