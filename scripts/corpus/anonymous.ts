import type { Json } from './types.js';

/**
 * Takes out of a message what differs from run to run and from machine to machine: ids, times, ports, folders, counts.
 * What stood for the same thing within a message stands for the same thing after, and keeps its form, so that the types
 * stay those that were sent.
 */
export function anonymous(message: Json): Json {
  const anonymizer = new Anonymizer();
  // The order of ids in lists is that of a hash table: what they stand for gets its name elsewhere, if it is there.
  anonymizer.value(withoutIdLists(message, ''), '');
  return anonymizer.value(message, '');
}

const idLists = new Set(['channels', 'channel_ids', 'bridge_ids', 'endpoint_ids', 'device_names']);

function withoutIdLists(value: Json, key: string): Json {
  if (Array.isArray(value)) {
    return idLists.has(key) ? [] : value.map((item: Json) => withoutIdLists(item, key));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutIdLists(member, name)]));
  }
  return value;
}

class Anonymizer {
  /** Names given so far, by what they are made with. */
  readonly #names = new Map<unknown, Map<string, string>>();

  value(value: Json, key: string): Json {
    if (typeof value === 'string') {
      return varying.has(key) && /^\d+$/.test(value) ? '1000' : this.#text(value);
    }
    if (typeof value === 'number') {
      return varying.has(key) ? steady(value) : varyingScore.test(key) ? 0.5 : value;
    }
    if (Array.isArray(value)) {
      const items = value.map((item: Json) => this.value(item, key));
      return idLists.has(key) ? (items as string[]).toSorted((a, b) => (a < b ? -1 : 1)) : items;
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.value(member, name)]));
    }
    return value;
  }

  #text(text: string): string {
    const plain = fixed.reduce((at, [pattern, by]) => at.replaceAll(pattern, by), text);
    return numbered.reduce((at, [pattern, make]) => {
      return at.replaceAll(pattern, (found) => this.#name(found, make));
    }, plain);
  }

  /** The same name for the same thing, the next number for a new one. */
  #name(found: string, make: (count: number) => string): string {
    const known = this.#names.get(make) ?? new Map<string, string>();
    const name = known.get(found) ?? make(known.size + 1);
    this.#names.set(make, known.set(found, name));
    return name;
  }
}

/** What is put in the place of each thing, whichever it is. */
const fixed: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}/g, '2026-01-01T00:00:00.000+0000'],
  [/(?<![\da-f:])[\da-f]{2}(:[\da-f]{2}){5}(?![\da-f:])/g, '00:00:5e:00:53:01'],
  [/\/srv\/testbed\/[\w-]+\/log\//g, '/var/log/asterisk/'],
  [/\/srv\/testbed\/[\w-]+\//g, '/var/lib/asterisk/'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:5060'],
  [/0x[\da-f]{6,}/g, '0x000000000001'],
  [/(?<=rport=)\d+/g, '5060'],
  [/^\d+(?= [A-Z]+$)/g, '1'],
  [/(?<=[A-Za-z]-)[\da-f]{8}(?=$|[;, )])/g, '00000001'],
];

const hex = (digits: number) => (count: number) => count.toString(16).padStart(digits, '0');

/** What is numbered, so that one can be told from another. */
const numbered: readonly (readonly [RegExp, (count: number) => string])[] = [
  [/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, (count) => `00000000-0000-4000-8000-${hex(12)(count)}`],
  [/(?<!\d)\d{10}\.\d+(?!\d)/g, (count) => `1767225600.${count}`],
];

/** Fields whose numbers differ from run to run, also where they are written as text. */
const varying = new Set([
  'duration',
  'duration_ms',
  'talking_duration',
  'silence_duration',
  'roundtrip_usec',
  'use_count',
  'txcount',
  'rxcount',
  'txoctetcount',
  'rxoctetcount',
  'local_ssrc',
  'remote_ssrc',
  'UNICASTRTP_LOCAL_PORT',
]);

/** Of the statistics of RTP, those that are no counts. */
const varyingScore = /^(?:(?:local|remote)_\w+(?<!ssrc)|[rt]xjitter|[rt]xmes|\w*rtt)$/;

/** Keeps the sign and whether it is whole. */
function steady(value: number): number {
  return value === 0 ? 0 : Math.sign(value) * (Number.isInteger(value) ? 1 : 0.5);
}
