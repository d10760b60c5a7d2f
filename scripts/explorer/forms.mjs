/**
 * The operations of a release as `explorer/shared/operation.ts` describes them, from the generator's model. The one that
 * opens the event connection is not among them: the explorer has opened it.
 */
export function formsOf({ release, resources }) {
  const operations = resources.flatMap((resource) =>
    resource.operations.map((operation) => formOf(resource, operation)),
  );
  return { release, operations: operations.filter((operation) => operation !== undefined) };
}

function formOf(resource, operation) {
  if (operation.upgrade !== undefined) return undefined;
  return {
    id: operation.id,
    method: operation.httpMethod,
    path: operation.sendPath ?? operation.path,
    summary: operation.summary,
    notes: operation.notes,
    params: operation.parameters.map(parameterOf),
    returns: typeText(operation.response),
    errors: operation.errors,
    since: operation.since,
    modules: [...new Set([...resource.requiresModules, ...operation.requiresModules])],
  };
}

function parameterOf(parameter) {
  const { name, type, list, description, defaultValue, allowed, words, accepts, generated } = parameter;
  const listed = allowed?.kind === 'list' ? allowed.values : words?.values;
  return {
    name,
    in: parameter.in,
    type: `${typeText(type)}${list || words?.several ? '[]' : ''}`,
    control: controlOf(parameter),
    required: parameter.required && !generated,
    description,
    defaultValue,
    values: listed ?? parameter.uri?.schemes.map((scheme) => `${scheme}:`),
    ...(allowed?.kind === 'range' && { min: allowed.min, max: allowed.max }),
    accepts,
    generated,
  };
}

function controlOf({ type, list, allowed, words }) {
  if (list || words?.several) return 'list';
  if (type.kind !== 'primitive') return 'json';
  if (type.name === 'boolean') return 'boolean';
  if (type.name === 'int' || type.name === 'long' || type.name === 'double') return 'number';
  return allowed?.kind === 'list' || (words && !words.open) ? 'choice' : 'text';
}

function typeText(type) {
  switch (type.kind) {
    case 'primitive':
      return type.name;
    case 'model':
      return type.name;
    case 'list':
      return `${typeText(type.of)}[]`;
    case 'map':
      return 'object';
  }
}
