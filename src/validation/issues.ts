import { describe, mustBe } from '../support/describe.js';
import type { SchemaIssue } from '../contract/schema-tables.js';
import type { ValidationIssue } from '../contract/validation.js';

/** What zod found, in our words: where, what should be there, what is. */
export function readableIssue({ code, path, message, expected, values }: SchemaIssue, data: unknown): ValidationIssue {
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], data);
  return { path: pathText(path), message: explain() };

  function explain(): string {
    switch (code) {
      case 'invalid_type':
        return mustBe(types[String(expected)] ?? String(expected), value);
      case 'invalid_value':
        return mustBe((values ?? []).map((each) => describe(each)).join(' or '), value);
      case 'invalid_format':
        return mustBe('a date such as 2026-01-01T00:00:00.000+0000', value);
      case 'invalid_union':
        return mustBe('a string or a number', value);
      default:
        return message;
    }
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** `channel.dialplan.priority`, `[2].name`, `channelvars["a b"]`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') {
        return `[${key}]`;
      }
      const name = String(key);
      if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
        return `[${JSON.stringify(name)}]`;
      }
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}
