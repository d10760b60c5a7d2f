/** What an event is about, as an event source URI (`channel:ID`), or `app:NAME` for one application alone. */
export type Source = string;

export const source = {
  channel: (id: string): Source => `channel:${id}`,
  bridge: (id: string): Source => `bridge:${id}`,
  endpoint: (technology: string, resource: string): Source => `endpoint:${technology}/${resource}`,
  deviceState: (name: string): Source => `deviceState:${name}`,
  application: (name: string): Source => `app:${name}`,
} as const;

/** An event before it has a receiver: its type and its fields by ARI's names. `timestamp` is added where there is none. */
export interface EventBody {
  readonly type: string;
  readonly [field: string]: unknown;
}
