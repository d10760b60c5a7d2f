import { readFileSync } from 'node:fs';
import { names, switches, UsageError, type Name } from './names.js';

/** The settings in the file that `--config` names. @throws {UsageError} saying what is wrong with it */
export function readConfig(path: string | boolean | undefined): Record<string, unknown> {
  if (typeof path !== 'string') return {};
  let config: unknown;
  try {
    config = JSON.parse(readText('config', path));
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`config: ${path} is not JSON${placeOf(error)}`);
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new UsageError(`config: ${path} must hold an object`);
  }
  const unknown = Object.keys(config).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) {
    throw new UsageError(`config: '${unknown}' does not exist; allowed are ${Object.keys(names).join(', ')}`);
  }
  for (const [name, value] of Object.entries(config)) {
    checkValue(name as Name, value);
  }
  return config as Record<string, unknown>;
}

/** What a file holds may be anything; names and addresses may stand there in a list. */
function checkValue(name: Name, value: unknown): void {
  const isSwitch = switches.includes(name);
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (isSwitch && typeof value !== 'boolean') {
    throw new UsageError(`'${name}' in --config must be true or false, not ${JSON.stringify(value)}`);
  }
  if (isList && value.length === 0) {
    throw new UsageError(`'${name}' in --config must not be an empty list`);
  }
  if (typeof value === 'object' && !isList) {
    throw new UsageError(`'${name}' in --config must be a text, a number, true or false, or a list of texts`);
  }
}

/** Where it breaks off, without the text about it, which may be a password. */
function placeOf(error: unknown): string {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  return position === undefined ? '' : `, from character ${position} on`;
}

/** A file's text, without the mark at its beginning and the line's end that editors put there. */
export function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF|\r?\n$/g, '');
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
}
