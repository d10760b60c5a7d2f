import type { Engine } from '../engine.js';
import type { Channel } from '../channels/channel.js';

/** Puts values in the place of `${…}`: variables, a few functions, and parts of them (`${EXTEN:7}`). */
export function expand(engine: Engine, channel: Channel, text: string): string {
  return text.replaceAll(/\$\{([^{}]*)\}/g, (_whole, expression: string) => {
    const [, name = '', offset, length] = /^([^:]*)(?::(-?\d+))?(?::(-?\d+))?$/.exec(expression) ?? [];
    const value = readVariable(engine, channel, name) ?? '';
    if (offset === undefined) return value;
    const start = Number(offset) < 0 ? Math.max(0, value.length + Number(offset)) : Number(offset);
    const rest = value.slice(start);
    return length === undefined ? rest : rest.slice(0, Number(length));
  });
}

/** The value of a channel's variable or function; `undefined` where there is none. */
export function readVariable(engine: Engine, channel: Channel, name: string): string | undefined {
  const computed = COMPUTED[name];
  if (computed) return computed(channel);
  return channel.variables.get(name) ?? engine.globals.get(name);
}

/** What a channel tells of itself under the names of variables and functions. */
const COMPUTED: Readonly<Record<string, (channel: Channel) => string>> = {
  EXTEN: ({ position }) => position.exten,
  CONTEXT: ({ position }) => position.context,
  PRIORITY: ({ position }) => String(position.priority),
  CHANNEL: ({ name }) => name,
  UNIQUEID: ({ id }) => id,
  HANGUPCAUSE: ({ hangupCause }) => String(hangupCause),
  'CALLERID(num)': ({ caller }) => caller.number,
  'CALLERID(number)': ({ caller }) => caller.number,
  'CALLERID(name)': ({ caller }) => caller.name,
  'CALLERID(all)': ({ caller }) => `"${caller.name}" <${caller.number}>`,
  'CONNECTEDLINE(num)': ({ connected }) => connected.number,
  'CONNECTEDLINE(name)': ({ connected }) => connected.name,
  'CHANNEL(name)': ({ name }) => name,
  'CHANNEL(state)': ({ state }) => state,
  'CHANNEL(uniqueid)': ({ id }) => id,
  'CHANNEL(language)': ({ language }) => language,
  'CHANNEL(accountcode)': ({ accountcode }) => accountcode,
  'CHANNEL(channeltype)': ({ technology }) => technology,
};
