import { align } from './align.js';
import type { EventTrace, ObjectTrace, Trace } from './trace.js';

/**
 * What is different between two traces of one scenario, as one line each, without repetitions. Lines about events begin
 * with the object: `APP channel Local/wait@default;1: only on the double: Dial BUSY`.
 */
export function compareTraces(double: Trace, real: Trace): string[] {
  const lines = [...compareRequests(double.requests, real.requests)];
  const [ours, theirs] = [byObject(double.objects), byObject(real.objects)];
  for (const object of new Set([...ours.keys(), ...theirs.keys()])) {
    lines.push(...compareObjects(object, ours.get(object) ?? [], theirs.get(object) ?? []));
  }
  return [...new Set(lines)];
}

function* compareRequests(double: readonly string[], real: readonly string[]): Generator<string> {
  for (const [one, other] of align(double, real, (line) => line)) {
    if (other === undefined) {
      yield `request only on the double: ${one}`;
    } else if (one === undefined) {
      yield `request only on the real one: ${other}`;
    }
  }
}

function byObject(objects: readonly ObjectTrace[]): Map<string, (readonly EventTrace[])[]> {
  const groups = new Map<string, (readonly EventTrace[])[]>();
  for (const { object, events } of objects) {
    const group = groups.get(object);
    if (group === undefined) {
      groups.set(object, [events]);
    } else {
      group.push(events);
    }
  }
  // Which of several equal objects came first means nothing.
  for (const group of groups.values()) {
    group.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  }
  return groups;
}

type Sequences = readonly (readonly EventTrace[])[];

function* compareObjects(object: string, double: Sequences, real: Sequences): Generator<string> {
  for (let index = 0; index < Math.max(double.length, real.length); index += 1) {
    const only: { double: EventTrace[]; real: EventTrace[] } = { double: [], real: [] };
    for (const [one, other] of align(double[index] ?? [], real[index] ?? [], describe)) {
      if (other === undefined) {
        only.double.push(one);
      } else if (one === undefined) {
        only.real.push(other);
      } else {
        yield* compareEvents(object, one, other);
      }
    }
    yield* compareRest(object, only.double, only.real);
  }
}

/** What stands in another place on one side is no event that only the other one has. */
function* compareRest(object: string, double: readonly EventTrace[], real: readonly EventTrace[]): Generator<string> {
  const rest = [...real];
  for (const one of double) {
    const at = rest.findIndex((other) => describe(other) === describe(one));
    const [other] = at < 0 ? [] : rest.splice(at, 1);
    if (other === undefined) {
      yield `${object}: only on the double: ${describe(one)}`;
    } else {
      yield `${object}: in another place: ${describe(one)}`;
      yield* compareEvents(object, one, other);
    }
  }
  for (const other of rest) {
    yield `${object}: only on the real one: ${describe(other)}`;
  }
}

function* compareEvents(object: string, double: EventTrace, real: EventTrace): Generator<string> {
  for (const difference of compareFields(double.fields, real.fields)) {
    yield `${object}: ${describe(double)}: ${difference}`;
  }
}

type Fields = EventTrace['fields'];

function* compareFields(double: Fields, real: Fields): Generator<string> {
  for (const path of new Set([...Object.keys(double), ...Object.keys(real)])) {
    const [one, other] = [double[path], real[path]];
    if (other === undefined) {
      yield `${path} only on the double (${one})`;
    } else if (one === undefined) {
      yield `${path} only on the real one (${other})`;
    } else if (one !== other) {
      yield `${path} is ${one} on the double, ${other} on the real one`;
    }
  }
}

/** What tells events of one object apart, beside the type. */
const details = ['variable', 'dialstatus', 'digit', 'eventname', 'dialplan_app'];

function describe({ type, fields }: EventTrace): string {
  const detail = details.map((name) => fields[name]).find((value) => value !== undefined);
  return detail === undefined ? type : `${type} ${detail}`;
}

function sortKey(events: readonly EventTrace[]): string {
  return `${events.map(describe).join()} ${JSON.stringify(events)}`;
}
