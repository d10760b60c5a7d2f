import type { TypeRef } from 'ari-codegen';

const NAMES: Readonly<Record<string, string>> = {
  int: 'number',
  long: 'number',
  double: 'number',
  date: 'string',
  binary: 'StoredFile',
};

/** A type of the interface as a reader of TypeScript knows it. */
export function typeText(type: TypeRef): string {
  switch (type.kind) {
    case 'primitive':
      return NAMES[type.name] ?? type.name;
    case 'model':
      return type.name;
    case 'list':
      return `${typeText(type.of)}[]`;
    case 'map':
      return `Record<string, ${type.of === 'variable' ? 'VariableValue' : type.of}>`;
  }
}
