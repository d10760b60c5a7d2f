import { AriFailure } from '../../http/failure.js';
import { CONFIG_DEFAULTS } from './config-defaults.js';

export interface ConfigTuple {
  readonly attribute: string;
  readonly value: string;
}

/** Objects of the configuration that can be written while Asterisk runs. */
export class DynamicConfig {
  readonly #objects = new Map<string, Map<string, string>>();

  get(kind: string, type: string, id: string): ConfigTuple[] {
    requireKind(kind, type);
    const object = this.#objects.get(keyOf(kind, type, id));
    if (!object) throw notFound(id);
    return tuples(object);
  }

  /** Attributes of an object; `undefined` if there is none. */
  find(kind: string, type: string, id: string): ReadonlyMap<string, string> | undefined {
    return this.#objects.get(keyOf(kind, type, id));
  }

  update(kind: string, type: string, id: string, fields: readonly ConfigTuple[]): ConfigTuple[] {
    requireKind(kind, type);
    const key = keyOf(kind, type, id);
    const defaults = CONFIG_DEFAULTS.get(`${kind}/${type}`);
    if (defaults && fields.some(({ attribute }) => !defaults.has(attribute))) {
      const attempt = this.#objects.has(key) ? 'Update' : 'Creation';
      throw new AriFailure(400, `${attempt} of object '${id}' failed field value validation`);
    }
    const object = this.#objects.get(key) ?? new Map(defaults);
    for (const { attribute, value } of fields) object.set(attribute, value);
    this.#objects.set(key, object);
    return tuples(object);
  }

  delete(kind: string, type: string, id: string): void {
    requireKind(kind, type);
    if (!this.#objects.delete(keyOf(kind, type, id))) throw notFound(id);
  }
}

/** What may be written: the class and its types of objects. */
const KINDS = new Map([
  ['res_websocket_client', ['websocket_client']],
  ['res_pjsip', ['endpoint', 'auth', 'aor', 'domain_alias', 'contact', 'global', 'system', 'transport']],
]);

function requireKind(kind: string, type: string): void {
  const types = KINDS.get(kind);
  if (!types) throw new AriFailure(404, `configClass '${kind}' not found`);
  if (!types.includes(type)) throw new AriFailure(404, `objectType '${type}' not found`);
}

function notFound(id: string): AriFailure {
  return new AriFailure(404, `Object with id '${id}' not found`);
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('\n');
}

function tuples(object: ReadonlyMap<string, string>): ConfigTuple[] {
  return [...object].map(([attribute, value]) => ({ attribute, value }));
}
