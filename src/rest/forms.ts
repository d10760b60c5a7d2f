import type { Form, Operation } from '../contract/operation.js';
import type { AriValidationError } from '../errors/validation-error.js';
import { describe } from '../support/describe.js';
import type { ParameterValue } from './parameters.js';
import { refuse } from './refuse.js';
import { breach } from './text-rules.js';

type Values = ReadonlyMap<string, ParameterValue>;

/** Refuses parameters of which Asterisk would drop one without a word, or refuse both, and what lacks another one. */
export function checkTogether(operation: Operation, values: Values): void {
  for (const [either, or] of operation.conflicts ?? []) {
    const [one, other] = [given(either, values), given(or, values)];
    if (one !== undefined && other !== undefined) {
      throw refuse(operation, other, `cannot be given together with '${one}'`);
    }
  }
  for (const name of values.keys()) {
    const { parameter = '', beginning } = operation.params[name]?.onlyFor ?? {};
    if (beginning !== undefined && !beginsWith(values.get(parameter), beginning)) {
      throw refuse(operation, name, `means nothing unless '${parameter}' begins with '${beginning}'`);
    }
  }
  if (operation.forms !== undefined) {
    checkForms(operation, operation.forms, values);
  }
}

/** A call must be one of its forms: the one that has these values, with all that it needs, and nothing else. */
function checkForms(operation: Operation, forms: readonly Form[], values: Values): void {
  const meant = forms.filter((form) => misfits(form, values).length === 0);
  if (meant.length === 0) {
    throw misfit(operation, forms, values);
  }
  const complete = meant.filter(({ needs }) => lacking(needs, values) === undefined);
  if (complete.length === 0) {
    const [name = '', ...others] = meant.map(({ needs }) => lacking(needs, values));
    throw refuse(operation, name, `is required${others.map((other) => `, or '${other}'`).join('')}`);
  }
  const form = complete.find(({ without }) => given(without, values) === undefined);
  if (form === undefined) {
    throw surplus(operation, complete[0] as Form, values);
  }
  for (const [name, rule] of Object.entries(form.rules ?? {})) {
    const value = values.get(name);
    const why = typeof value === 'string' ? breach(rule, value) : undefined;
    if (why !== undefined) {
      throw refuse(operation, name, `${why}, not ${describe(value)}`);
    }
  }
}

/** Says what would have to be otherwise for the form that is nearest to what was given. */
function misfit(operation: Operation, forms: readonly Form[], values: Values): AriValidationError {
  // What was given weighs more than what was not.
  const distance = (form: Form) => misfits(form, values).reduce((sum, name) => sum + (values.has(name) ? 2 : 1), 0);
  const least = Math.min(...forms.map(distance));
  const wishes = forms
    .filter((form) => distance(form) === least)
    .map((form) => {
      const [name = ''] = misfits(form, values);
      const known = form.values?.[name]?.filter((value) => value !== '') ?? [];
      return { name, text: `must be ${known.join(' or ')}${circumstances(form, values)}` };
    });
  const [first, ...others] = wishes;
  const rest = others.map(({ name, text }) => `, or '${name}' ${text}`).join('');
  return refuse(operation, first?.name ?? '', `${first?.text}${rest}`);
}

/** What was given that speaks for the form: ` with transport websocket`. */
function circumstances(form: Form, values: Values): string {
  const fitting = Object.keys(form.values ?? {}).filter((name) => values.has(name) && isFit(form, name, values));
  return fitting.length === 0
    ? ''
    : ` with ${fitting.map((name) => `${name} ${describe(values.get(name))}`).join(', ')}`;
}

function surplus(operation: Operation, form: Form, values: Values): AriValidationError {
  const name = given(form.without, values) ?? '';
  const [need] = form.needs ?? [];
  const why = form.values === undefined && need ? `cannot be given together with '${need}'` : `means nothing`;
  return refuse(operation, name, `${why}${circumstances(form, values)}`);
}

function misfits(form: Form, values: Values): readonly string[] {
  return Object.keys(form.values ?? {}).filter((name) => !isFit(form, name, values));
}

function isFit(form: Form, name: string, values: Values): boolean {
  return form.values?.[name]?.includes((values.get(name) ?? '') as string) ?? true;
}

function lacking(needs: readonly string[] = [], values: Values): string | undefined {
  return needs.find((name) => !values.has(name));
}

function given(names: readonly string[] = [], values: Values): string | undefined {
  return names.find((name) => values.has(name));
}

function beginsWith(value: ParameterValue | undefined, beginning: string): boolean {
  return typeof value === 'string' && value.toLowerCase().startsWith(beginning.toLowerCase());
}
