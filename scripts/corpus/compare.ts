import type { ApiModel, PrimitiveName, TypeRef } from '../../codegen/model/types.js';
import type { Corpus } from './files.js';
import { isObject, walk, type Visit } from './walk.js';
import type { Json } from './types.js';

/** Something that a server sent and that the bindings' types deny. */
export interface Finding {
  readonly place: string;
  readonly what:
    | 'unknown field'
    | 'missing though required'
    | 'null'
    | 'another type'
    | 'unlisted value'
    | 'undocumented status';
  readonly detail: string;
  /** An example: the file that has it. */
  readonly file: string;
}

/** Where what was heard and what the types say differ; each difference once. */
export function compare(corpus: Corpus, model: ApiModel): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const add = (finding: Finding): void => {
    findings.set(`${finding.place} ${finding.what} ${finding.detail}`, finding);
  };
  walk(corpus, model, {
    unknown: (place, value, file) => add({ place, what: 'unknown field', detail: JSON.stringify(value), file }),
    value: (visit) => {
      const difference = differenceOf(visit);
      if (difference !== undefined) {
        add({ place: visit.place, file: visit.file, ...difference });
      }
    },
  });
  for (const finding of undocumentedStatuses(corpus, model)) {
    add(finding);
  }
  return [...findings.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** Refusals of the client's doing; that a server may fail is not documented anywhere. */
function undocumentedStatuses({ answers }: Corpus, { resources }: ApiModel): readonly Finding[] {
  const what = 'undocumented status';
  return resources
    .flatMap(({ operations }) => operations)
    .flatMap(({ id, errors }) =>
      (answers.get(id) ?? [])
        .filter(({ status, body }) => status >= 400 && status < 500 && !isMissing(body))
        .filter(({ status }) => !errors.some(({ code }) => code === status))
        .map(({ status }) => ({ place: id, what, detail: String(status), file: `answers/${id}.json` })),
    );
}

/** What the router says where the operation itself is not there. */
function isMissing(body: Json | undefined): boolean {
  return isObject(body) && body['message'] === 'Resource not found';
}

function differenceOf({ type, property, value }: Visit): Pick<Finding, 'what' | 'detail'> | undefined {
  if (value === undefined) {
    return property?.optional ? undefined : { what: 'missing though required', detail: '' };
  }
  if (value === null) {
    return property?.nullable ? undefined : { what: 'null', detail: '' };
  }
  if (!hasType(type, value) && !(property?.alsoNumber && typeof value === 'number')) {
    return { what: 'another type', detail: JSON.stringify(value) };
  }
  const values = property?.values ?? [];
  if (values.length > 0 && typeof value === 'string' && !values.includes(value)) {
    return { what: 'unlisted value', detail: value };
  }
  return undefined;
}

function hasType(type: TypeRef, value: Json): boolean {
  switch (type.kind) {
    case 'primitive':
      return primitives[type.name](value);
    case 'list':
      return Array.isArray(value);
    case 'model':
      return isObject(value);
    case 'map':
      return (
        isObject(value) && (type.of === 'unknown' || Object.values(value).every((each) => typeof each === 'string'))
      );
  }
}

const isText = (value: Json): boolean => typeof value === 'string';
const isWhole = (value: Json): boolean => Number.isInteger(value);
const isNothing = (): boolean => false;

const primitives: Readonly<Record<PrimitiveName, (value: Json) => boolean>> = {
  string: isText,
  int: isWhole,
  long: isWhole,
  double: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/.test(value),
  void: isNothing,
  binary: isNothing,
};
