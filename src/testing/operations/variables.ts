import { AriFailure } from '../http/failure.js';
import { isObject } from '../params/bind.js';
import { ownValue } from '../params/own-value.js';

/** A variable to be set, and whether events shall carry it. */
export interface VariableSetting {
  readonly name: string;
  readonly value: string;
  readonly report: boolean;
}

/** The object under `variables` in a body; `undefined` where there is none. */
export function variablesIn(body: unknown): unknown {
  return isObject(body) ? ownValue(body, 'variables') : undefined;
}

/** Reads variables whose values are strings or objects of `value` and `report_events`. */
export function readVariables(variables: unknown): VariableSetting[] {
  if (!isObject(variables)) return [];
  return Object.entries(variables)
    .filter(([name]) => name !== '')
    .map(([name, value]) => ({ name, ...readSetting(value) }));
}

function readSetting(setting: unknown): { value: string; report: boolean } {
  if (typeof setting === 'string') return { value: setting, report: false };
  if (!isObject(setting)) {
    const shape = "a string or an object with 'value' and optional 'report_events'";
    throw new AriFailure(400, `Each value in 'variables' must be ${shape}`);
  }
  const { value, report_events: report } = setting;
  if (typeof value !== 'string') {
    throw new AriFailure(400, "Each object value in 'variables' must include string field 'value'");
  }
  if (report !== undefined && typeof report !== 'boolean') {
    throw new AriFailure(400, "Field 'report_events' in 'variables' entries must be boolean");
  }
  return { value, report: report === true };
}

/** Reads the `variables` of a body where only strings are understood. */
export function plainVariables(body: unknown): Record<string, string> {
  const variables = variablesIn(body);
  if (!isObject(variables)) return {};
  const entries = Object.entries(variables).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw new AriFailure(400, "Only string values in the 'variables' object allowed");
    return [name, value];
  });
  return Object.fromEntries(entries);
}
