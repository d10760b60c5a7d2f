import type { Operation, Parameter } from '../model/types.js';
import { schemaOf } from './schemas.js';
import type { Json } from './types.js';

/** Parameters of the path and of the query. */
export function parametersOf({ parameters, path }: Operation): readonly Json[] {
  return parameters
    .filter((parameter) => parameter.in !== 'body')
    .map((parameter) => {
      const isInPath = path.includes(`{${parameter.name}}`);
      const { description, name } = parameter;
      return {
        name,
        in: isInPath ? 'path' : 'query',
        required: isInPath || (parameter.required && parameter.generated !== true),
        ...(description !== undefined && { description }),
        // Asterisk takes one text with commas; of a parameter that is repeated the last counts
        ...(isSeveral(parameter) && !isInPath && { style: 'form', explode: false }),
        schema: parameterSchema(parameter),
      };
    });
}

/** What goes into the body, if anything does. */
export function requestBodyOf({ parameters }: Operation): Json | undefined {
  const inBody = parameters.filter((parameter) => parameter.in === 'body');
  if (inBody.length === 0) {
    return undefined;
  }
  const required = inBody.filter((parameter) => parameter.required).map(({ name }) => name);
  const whole = inBody.find(({ wholeBody }) => wholeBody);
  const schema = whole
    ? parameterSchema(whole)
    : {
        type: 'object',
        properties: Object.fromEntries(inBody.map((parameter) => [parameter.name, described(parameter)])),
        ...(required.length > 0 && { required }),
      };
  return { required: required.length > 0, content: { 'application/json': { schema } } };
}

function described(parameter: Parameter): Json {
  const { description } = parameter;
  return { ...parameterSchema(parameter), ...(description !== undefined && { description }) };
}

function isSeveral({ list, words }: Parameter): boolean {
  return list || words?.several === true;
}

function parameterSchema(parameter: Parameter): Json {
  const { defaultValue, alsoNumber, type } = parameter;
  const one: Json = { ...schemaOf(type), ...(alsoNumber && { type: ['string', 'number'] }), ...limitsOf(parameter) };
  return {
    ...(isSeveral(parameter) ? { type: 'array', items: one } : one),
    ...(defaultValue !== undefined && !isSeveral(parameter) && { default: defaultValue }),
  };
}

function limitsOf({ allowed, words }: Parameter): Json {
  if (allowed?.kind === 'range') {
    const { min, max } = allowed;
    return { ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) };
  }
  const values = allowed?.values ?? words?.values;
  if (values === undefined) {
    return {};
  }
  return words?.open ? { examples: values } : { enum: values };
}
