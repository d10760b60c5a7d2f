import type { TypeRef } from '../model/types.js';
import { objectMembers } from './reserved.js';
import type { Scope } from './scope.js';

/** As the runtime's `Shape`. */
type Shape = 'any' | 'text' | 'variable' | readonly [Shape] | { readonly [field: string]: Shape };

/** Models within models are looked into so far: they may refer to each other in a circle. */
const DEEPEST = 3;

/** What the JSON of body parameter must be, as far as it is known; of a list, what its items must be. */
export function shapeOf(scope: Scope, type: TypeRef): Shape | undefined {
  const shape = shapeAt(scope, type.kind === 'list' ? type.of : type, 0);
  return shape === 'any' ? undefined : shape;
}

function shapeAt(scope: Scope, type: TypeRef, depth: number): Shape {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'string' ? 'text' : 'any';
    case 'list':
      return [shapeAt(scope, type.of, depth)];
    case 'map':
      return type.of === 'unknown' ? 'any' : { '*': type.of === 'string' ? 'text' : 'variable' };
    case 'model':
      return depth === DEEPEST ? 'any' : modelShape(scope, type.name, depth);
  }
}

function modelShape(scope: Scope, name: string, depth: number): Shape {
  const { properties } = scope.requireModel(name, 'body parameter');
  // a member that every object has would not be taken for a field
  if (properties.some((property) => objectMembers.has(property.name))) {
    return 'any';
  }
  return Object.fromEntries(
    properties.map((property) => [
      property.optional ? `${property.name}?` : property.name,
      property.nullable ? 'any' : shapeAt(scope, property.type, depth + 1),
    ]),
  );
}
