/** The head of a request, as far as it is needed. */
export interface Head {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headersDistinct: Readonly<Record<string, readonly string[] | undefined>>;
}

/** What Node's parser is stricter in than Asterisk. */
const LOOSE = new Set(['HPE_INVALID_METHOD', 'HPE_INVALID_URL']);

/**
 * Reads the head of a request that Node's parser does not take and Asterisk does: with a method that nobody knows, in
 * small letters, or with letters beyond ASCII in its path. `undefined` if it is none, or has a body.
 */
export function readLooseHead({ code = '', rawPacket }: { code?: string; rawPacket?: Buffer }): Head | undefined {
  if (!LOOSE.has(code)) return undefined;
  const [head = '', rest = ''] = rawPacket?.toString('utf8').split(/\r?\n\r?\n/) ?? [];
  const [line = '', ...fields] = head.split(/\r?\n/);
  const [, method, url] = /^(\S+)\s+(\S+)/.exec(line) ?? [];
  if (rest !== '' || method === undefined || url === undefined) return undefined;
  return { method: method.toUpperCase(), url, headersDistinct: Object.fromEntries(readFields(fields)) };
}

function readFields(lines: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const [, field = '', value = ''] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
    const name = field.toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
}
