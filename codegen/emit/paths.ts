/** Where everything goes in the output folder. */
export const paths = {
  model: (typeName: string) => `models/${typeName}.ts`,
  event: (name: string) => `events/${name}.ts`,
  events: 'events/index.ts',
  operations: (resource: string) => `operations/${resource}.ts`,
  params: (resource: string) => `params/${resource}.ts`,
  variableValue: 'params/VariableValue.ts',
  uri: (name: string) => `params/${name}.ts`,
  object: (name: string) => `objects/${name}.ts`,
  repository: (className: string) => `repositories/${className}.ts`,
  bindings: 'bindings.ts',
  client: 'client.ts',
  index: 'index.ts',
  schemas: {
    index: 'schemas/index.ts',
    models: 'schemas/models.ts',
    events: 'schemas/events.ts',
  },
} as const;
