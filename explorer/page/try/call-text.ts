import type { OperationForm } from '../../shared/operation.js';
import { shownText } from '../ui/shown.js';

/** A line that is longer is broken up. */
const WIDTH = 80;

/** The call in TypeScript, to copy. */
export function callText({ id, returns }: OperationForm, params: Readonly<Record<string, unknown>>): string {
  const args = Object.keys(params).length === 0 ? '' : literal(params, 0, `${id}()`.length + 20);
  const result = returns === 'void' ? '' : `const ${nameOf(returns)} = `;
  return `${result}await client.${id}(${args});`;
}

/** A variable's name for what is returned: `channel`, `channels`. */
function nameOf(returns: string): string {
  const one = /^[A-Z][A-Za-z]*/.exec(returns)?.[0];
  if (one === undefined) return returns === 'binary' ? 'file' : 'result';
  const name = one[0]?.toLowerCase() + one.slice(1);
  return returns.endsWith('[]') ? `${name}s` : name;
}

function literal(value: unknown, depth: number, before: number): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item) => literal(item, depth + 1, 0))
    : Object.entries(value).map(([name, item]) => `${keyText(name)}: ${literal(item, depth + 1, 0)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const line = isList || items.length === 0 ? `${open}${items.join(', ')}${close}` : `{ ${items.join(', ')} }`;
  if (before + line.length <= WIDTH) return line;
  const indent = '  '.repeat(depth);
  return `${open}\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}${close}`;
}

function quoted(text: string): string {
  const json = shownText(JSON.stringify(text));
  return /['\\]/.test(json) || json.slice(1, -1).includes('"') ? json : `'${json.slice(1, -1)}'`;
}

function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
