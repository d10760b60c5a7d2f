import { readdirSync } from 'node:fs';
import type { AriClient } from 'asterisk-ari';
import type { Operation, Parameter } from 'asterisk-ari/runtime';

const folder = new URL('../../generated/v22/operations/', import.meta.url);
const tables = await Promise.all(
  readdirSync(folder).map((file) => import(new URL(file, folder).href) as Promise<Record<string, Operation>>),
);

/** Every operation that Asterisk answers with something else than a file or an event connection. */
export const operations: readonly Operation[] = tables
  .flatMap((table) => Object.values(table))
  .filter(({ upgrade, returns }) => upgrade === undefined && returns.kind !== 'binary');

type Method = (params: object | undefined, options?: object) => Promise<unknown>;

/** Calls an operation with some values for what it requires. */
export async function callOperation(client: AriClient, operation: Operation, options?: object): Promise<unknown> {
  const [repository, method] = operation.name.split('.') as [string, string];
  const target = (client as unknown as Record<string, Record<string, Method>>)[repository];
  const call = target?.[method] as Method;
  return Object.keys(operation.params).length === 0
    ? call.call(target, options)
    : call.call(target, someParameters(operation), options);
}

function someParameters({ params, forms }: Operation): object {
  const [form] = forms ?? [];
  const isNeeded = (key: string) => params[key]?.required ?? form?.needs?.includes(key) ?? false;
  return Object.fromEntries([
    ...Object.entries(params).flatMap(([key, parameter]) => (isNeeded(key) ? [[key, sample(parameter)]] : [])),
    ...Object.entries(form?.values ?? {}).flatMap(([key, [value]]) => (value === '' ? [] : [[key, value]])),
    ...Object.keys(form?.rules ?? {}).map((key) => [key, 'host:1']),
  ]) as object;
}

let samplesMade = 0;

function sample({ type, values, schemes, list, shape, rule, min = 1 }: Parameter): unknown {
  // A channel is not dialled twice.
  samplesMade += 1;
  const text = `${schemes === undefined ? '' : `${schemes[0]}:`}x${samplesMade}`;
  if (type === 'object' && list) {
    return shape === undefined ? [] : [Object.fromEntries(Object.keys(shape).map((key) => [key, text]))];
  }
  const samples = {
    string: rule === 'dtmf' ? '1' : (values?.[0] ?? text),
    int: min,
    double: min,
    boolean: true,
    object: {},
  } as const;
  return samples[type];
}
