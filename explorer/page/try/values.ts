import { signal } from '@preact/signals';
import type { OperationForm, ParameterForm } from '../../shared/operation.js';
import { forms, tab } from '../state.js';

/** The operation whose form is open. */
export const chosenOperation = signal<string | undefined>(undefined);

/** What was typed, by parameter; kept from form to form, since the same ids go from one to the next. */
export const values = signal<Readonly<Record<string, string>>>({});

export function setValue(name: string, value: string): void {
  values.value = { ...values.value, [name]: value };
}

/** Opens a form, with some of it filled in. */
export function openForm(operation: string, given: Readonly<Record<string, string>>): void {
  chosenOperation.value = operation;
  values.value = { ...values.value, ...given };
  tab.value = 'try';
}

export function operationOf(id: string | undefined): OperationForm | undefined {
  return forms.value?.operations.find((operation) => operation.id === id);
}

/** What a form says: parameters as the SDK takes them, and what is wrong with others. */
export interface Reading {
  readonly params: Readonly<Record<string, unknown>>;
  readonly faults: Readonly<Record<string, string>>;
}

/** Reads what was typed. What is empty is not given. */
export function read({ params }: OperationForm, typed: Readonly<Record<string, string>>): Reading {
  const read: Record<string, unknown> = {};
  const faults: Record<string, string> = {};
  for (const parameter of params) {
    const text = typed[parameter.name] ?? '';
    if (text.trim() === '') {
      if (parameter.required) faults[parameter.name] = 'It is required.';
      continue;
    }
    try {
      read[parameter.name] = valueOf(parameter, text);
    } catch (error) {
      faults[parameter.name] = error instanceof Error ? error.message : String(error);
    }
  }
  return { params: read, faults };
}

function valueOf({ control, min, max }: ParameterForm, text: string): unknown {
  switch (control) {
    case 'number': {
      const number = Number(text);
      if (!Number.isFinite(number)) throw new Error('It must be a number.');
      if (number < (min ?? -Infinity) || number > (max ?? Infinity)) {
        throw new Error(`It must be ${max === undefined ? `at least ${min}` : `from ${min ?? 'any'} to ${max}`}.`);
      }
      return number;
    }
    case 'boolean':
      return text === 'true';
    case 'list': {
      const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      return lines.length === 1 ? lines[0] : lines;
    }
    case 'json':
      return jsonOf(text);
    default:
      return text;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('It must be JSON, such as { "name": "value" }.');
  }
}
