import type { TypeRef } from '../model/types.js';

/** A type in the documents' own notation. */
export function typeText(type: TypeRef): string {
  switch (type.kind) {
    case 'primitive':
      return type.name;
    case 'model':
      return type.name;
    case 'list':
      return `List[${typeText(type.of)}]`;
    case 'map':
      return `Map[${type.of}]`;
  }
}
