import type { Operation, Parameter } from '../src/contract/operation.js';
import { OBJECT_TABLE } from '../codegen/model/object-table.js';
import type { Documents, OperationDocument, ParameterDocument, Result } from './check-generated-documents.js';
import { literalsOf, propertiesOf, type Bindings, type PropertySource } from './check-generated-source.js';

/** One operation, in the documents and in the bindings. */
interface Pair {
  readonly resource: string;
  readonly path: string;
  readonly document: OperationDocument;
  readonly table: Operation;
  readonly bindings: Bindings;
  readonly say: (message: string) => void;
}

/** Every operation: its table, its methods on the repository and on the object that it acts on, its parameters. */
export async function checkOperations({ resources }: Documents, bindings: Bindings): Promise<Result> {
  const missing: string[] = [];
  let checked = 0;
  for (const { name: resource, apis } of resources) {
    const tables = await bindings.operations(resource);
    const documents = apis.flatMap(({ path, operations }) => operations.map((document) => ({ path, document })));
    if (tables.length !== documents.length) {
      missing.push(`${resource}: ${tables.length} operations in the bindings, ${documents.length} in the documents`);
    }
    for (const { path, document } of documents) {
      const where = `${document.httpMethod} ${path} (${resource}.${document.nickname})`;
      const table = tables.find(({ name }) => plain(name) === plain(`${resource}.${document.nickname}`));
      checked += 1 + (document.parameters?.length ?? 0);
      if (table === undefined) {
        missing.push(`${where}: no operation`);
      } else {
        const say = (message: string): void => void missing.push(`${where}: ${message}`);
        checkOperation({ resource, path, document, table, bindings, say });
      }
    }
  }
  return { missing, checked };
}

function checkOperation(pair: Pair): void {
  const { path, document, table, say } = pair;
  // a correction may send to a longer path, never elsewhere
  if (table.method !== document.httpMethod || !table.path.startsWith(path)) {
    say(`is sent as ${table.method} ${table.path}`);
  }
  for (const { code } of document.errorResponses ?? []) {
    if (!table.errors?.includes(Number(code))) {
      say(`status ${code} is not in its table`);
    }
  }
  for (const name of placeholders(table.path)) {
    if (table.params[name]?.in !== 'path') {
      say(`nothing fills in {${name}}`);
    }
  }
  checkMethods(pair);
  checkParameters(pair);
}

function checkMethods({ resource, path, table, bindings, say }: Pair): void {
  const constant = table.name.split('.')[1] ?? '';
  const call = new RegExp(`this\\.invoke\\(\\s*${resource}\\.${constant}_?,([^;]*)\\);`);
  const className = resource.slice(0, 1).toUpperCase() + resource.slice(1);
  if (!call.test(bindings.text(`repositories/${className}.ts`))) {
    say(`no method on the repository ${className}`);
  }
  const object = OBJECT_TABLE.findLast((each) => `${path}/`.startsWith(`${each.path}/`));
  if (object === undefined) {
    return;
  }
  const sent = call.exec(bindings.text(`objects/${object.name}.ts`))?.[1];
  if (sent === undefined) {
    say(`no method on ${object.name}`);
    return;
  }
  for (const name of placeholders(object.path)) {
    if (!new RegExp(`\\b${name}: this\\b`).test(sent)) {
      say(`${object.name} does not fill in {${name}}`);
    }
  }
}

function checkParameters({ resource, document, table, bindings, say }: Pair): void {
  const constant = table.name.split('.')[1] ?? '';
  const name = `${capitalised(resource)}${capitalised(constant)}Params`;
  const text = bindings.text(`params/${resource}.ts`);
  const properties = propertiesOf(text, name) ?? new Map<string, PropertySource>();
  for (const parameter of document.parameters ?? []) {
    const row = table.params[parameter.name];
    const property = properties.get(parameter.name);
    if (row === undefined || property === undefined) {
      say(`parameter ${parameter.name} is missing in ${row === undefined ? 'its table' : name}`);
    } else {
      checkParameter(parameter, row, property, (message) => say(`parameter ${parameter.name} ${message}`));
    }
  }
}

function checkParameter(
  document: ParameterDocument,
  row: Parameter,
  property: PropertySource,
  say: (message: string) => void,
): void {
  const { paramType, required, allowMultiple, allowableValues } = document;
  if (row.in !== paramType && !row.generated) {
    say(`travels in the ${row.in}, not in the ${paramType}`);
  }
  if ((required || paramType === 'path') && (property.optional || !row.required)) {
    say('is required, but may be left out');
  }
  if (property.optional === (row.required ?? false)) {
    say('is required in its table or in its type, not in both');
  }
  if (allowMultiple && (!row.list || !property.type.includes('readonly '))) {
    say('takes no list');
  }
  if (allowableValues?.valueType === 'LIST') {
    checkValues(allowableValues.values ?? [], row, property, say);
  }
  const { min = row.min, max = row.max, valueType } = allowableValues ?? {};
  if (valueType === 'RANGE' && (min !== row.min || max !== row.max)) {
    say(`has another range: ${row.min} to ${row.max}`);
  }
}

function checkValues(
  values: readonly string[],
  row: Parameter,
  { type }: PropertySource,
  say: (message: string) => void,
): void {
  const literals = literalsOf(type);
  const absent = values.filter((value) => !literals.has(value) || !row.values?.includes(value));
  if (absent.length > 0) {
    say(`lacks the values ${absent.join(', ')}`);
  }
  if (/\bstring\b/.test(type)) {
    say('is open to any text, not closed to its values');
  }
}

function placeholders(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Names that differ in case and underscores only are the same: `transfer_progress`, `transferProgress`. */
function plain(name: string): string {
  return name.replace(/_/g, '').toLowerCase();
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
