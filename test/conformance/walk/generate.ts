import type { DocumentedParameter } from '../../../src/testing/docs/documents.js';
import { operations, type Operation } from './operations.js';
import type { Random } from './random.js';
import type { Request, Step } from './step.js';
import { bodyOf, pools } from './values.js';

/** What makes things happen is asked for more often than what only reads. */
const weights = new Map<string, number>([
  ['channels.originateWithId', 14],
  ['channels.create', 6],
  ['channels.dial', 4],
  ['channels.hangup', 4],
  ['channels.answer', 4],
  ['channels.continueInDialplan', 2],
  ['channels.move', 3],
  ['channels.playWithId', 4],
  ['channels.snoopChannelWithId', 3],
  ['channels.record', 3],
  ['bridges.createWithId', 6],
  ['bridges.addChannel', 8],
  ['bridges.removeChannel', 3],
  ['bridges.destroy', 3],
  ['bridges.playWithId', 3],
  ['bridges.record', 2],
  ['playbacks.control', 3],
  ['applications.subscribe', 3],
  ['applications.unsubscribe', 3],
]);

/** The next step of a walk. */
export function nextStep(random: Random): Step {
  if (random.happens(5)) return { pause: random.pick([300, 1200, 2500]) };
  const operation = random.weighted(
    operations,
    ({ name, method }) => weights.get(name) ?? (method === 'GET' ? 0.5 : 1),
  );
  return requestOf(random, operation);
}

function requestOf(random: Random, operation: Operation): Request {
  const texts = new Map<string, string>();
  for (const parameter of operation.parameters) {
    const text = textOf(random, parameter);
    if (text !== undefined) texts.set(parameter.name, text);
  }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => segment(texts.get(name) ?? ''));
  const query = operation.parameters.filter(({ name, paramType }) => paramType === 'query' && texts.has(name));
  const own = operation.parameters.some(({ paramType }) => paramType === 'body') && random.happens(60);
  const inBody = operation.method !== 'GET' && operation.name !== 'bridges.create' && random.happens(40);
  const fields = Object.fromEntries(query.map((one) => [one.name, inBody ? jsonOf(one, texts) : texts.get(one.name)]));
  const body = { ...(inBody ? fields : {}), ...(own ? (bodyOf(random, operation.name) as object) : {}) };
  return {
    method: operation.method,
    path,
    ...(!inBody && query.length > 0 && { query: fields as Record<string, string> }),
    ...(Object.keys(body).length > 0 && { body }),
    ...(random.happens(30) && { socket: true }),
  };
}

/** Required ones are left out seldom, others often. */
function textOf(
  random: Random,
  { name, paramType, required }: DocumentedParameter & { required?: boolean },
): string | undefined {
  const pool = pools.get(name);
  if (paramType === 'body' || pool === undefined) return undefined;
  if (paramType === 'path') return random.pick(pool.filter((text) => text !== ''));
  return random.happens(required === true ? 96 : 35) ? random.pick(pool) : undefined;
}

/** As JSON has it: numbers are numbers, and lists are lists. */
function jsonOf({ name, dataType, allowMultiple }: DocumentedParameter, texts: ReadonlyMap<string, string>): unknown {
  const text = texts.get(name) ?? '';
  if (allowMultiple === true) return text.split(',');
  if (dataType === 'boolean') return text === 'true';
  if (dataType !== 'int' && dataType !== 'long') return text;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/** A path's segment; what is encoded already stays so. */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%25', '%');
}
