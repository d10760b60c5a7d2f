type Fields = Record<string, unknown>;

/** What tells one thing from others, most telling first; a thing of Go that is not there has all of them, and empty. */
const identities = ['id', 'resource', 'target_uri', 'state'] as const;

/** Fields that ARI always has in them, and Go's structs leave out where they are empty. */
const always: Readonly<Record<string, object>> = {
  caller: { name: '', number: '' },
  connected: { name: '', number: '' },
  dialplan: { context: '', exten: '', priority: 0 },
};

/** What is the user's own in them: it stays as it is. */
const opaque: ReadonlySet<string> = new Set(['channelvars', 'userevent', 'variables']);

/**
 * Events and data as Go has written them, as Asterisk would: without `null`, without objects that stand for nothing,
 * without ari-proxy's keys.
 */
export function plainData(data: object): object {
  const { key: _, dialog: __, ...fields } = data as Fields;
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => plainField(name, value)));
}

function plainField(name: string, value: unknown): [name: string, value: unknown][] {
  if (value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return [[name, value.map((item: unknown) => (isObject(item) ? plainData(item) : item))]];
  }
  if (!isObject(value) || opaque.has(name)) {
    return [[name, value]];
  }
  return isNothing(value) ? [] : [[name, { ...always[name], ...plainData(value) }]];
}

function isNothing(value: object): boolean {
  const identity = identities.find((name) => Object.hasOwn(value, name));
  return identity !== undefined && (value as Fields)[identity] === '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
