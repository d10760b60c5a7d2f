import type { Engine } from '../parts.js';
import type { Channel } from '../channels/channel.js';
import { readFunction } from './functions.js';

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
  if (name.endsWith(')')) return readFunction(engine, channel, name);
  return COMPUTED.get(name)?.(channel) ?? channel.variables.get(name) ?? readGlobal(engine, name);
}

/** The value of a variable that belongs to no channel. */
export function readGlobal(engine: Engine, name: string): string | undefined {
  if (name === 'EPOCH') return String(Math.floor(engine.clock.now() / 1000));
  if (name === 'SYSTEMNAME') return '';
  return engine.globals.get(name);
}

/** Variables that a channel has without anybody setting them. */
const COMPUTED = new Map<string, (channel: Channel) => string>(
  Object.entries({
    EXTEN: ({ position }) => position.exten,
    CONTEXT: ({ position }) => position.context,
    PRIORITY: ({ position }) => String(position.priority),
    CHANNEL: ({ name }) => name,
    UNIQUEID: ({ id }) => id,
    HANGUPCAUSE: ({ hangupCause }) => String(hangupCause),
  } satisfies Record<string, (channel: Channel) => string>),
);
