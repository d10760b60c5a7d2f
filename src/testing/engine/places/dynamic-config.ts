import { AriFailure } from '../../http/failure.js';
import { toBoolean } from '../../params/values.js';
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

  /** Changes an object, or makes a new one; without fields only the latter. */
  update(kind: string, type: string, id: string, fields: readonly ConfigTuple[] | undefined): ConfigTuple[] {
    requireKind(kind, type);
    const key = keyOf(kind, type, id);
    const existing = this.#objects.get(key);
    if (existing && !fields) throw refusal(`Fields must be provided to update object '${id}'`);
    const defaults = CONFIG_DEFAULTS.get(`${kind}/${type}`);
    const object = new Map(existing ?? defaults);
    for (const { attribute, value } of fields ?? []) object.set(attribute, normal(defaults?.get(attribute), value));
    if (defaults && !isValid(type, object, defaults)) {
      throw refusal(`${existing ? 'Update' : 'Creation'} of object '${id}' failed field value validation`);
    }
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

function refusal(message: string): AriFailure {
  return new AriFailure(400, message, 'Bad request');
}

/** Yes and no have one form each. */
function normal(usual: string | undefined, value: string): string {
  return usual === 'true' || usual === 'false' ? String(toBoolean(value)) : value;
}

/** Whether all attributes are known, numbers where there are numbers, and enough to make sense. */
function isValid(type: string, object: ReadonlyMap<string, string>, defaults: ReadonlyMap<string, string>): boolean {
  for (const [attribute, value] of object) {
    const usual = defaults.get(attribute);
    if (usual === undefined || (/^\d+$/.test(usual) && !/^\d+$/.test(value))) return false;
  }
  if (type !== 'auth') return true;
  return object.get('auth_type') === 'userpass' && object.get('username') !== '' && object.get('password') !== '';
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
