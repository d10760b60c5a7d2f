import { ReflectionKind, type DeclarationReflection } from 'typedoc';

/** On a page: what has operations, then functions, then types, each in the order of the sources. */
export function pageOrder(a: DeclarationReflection, b: DeclarationReflection): number {
  return rank(a) - rank(b);
}

function rank({ kind, name }: DeclarationReflection): number {
  if (kind === ReflectionKind.Class) return name.endsWith('Handle') ? 0 : 1;
  if (kind === ReflectionKind.Function) return 2;
  if (name.endsWith('Events') || name.endsWith('EventMap')) return 3;
  if (name.endsWith('Params')) return 5;
  if (name.endsWith('Fields')) return 6;
  return 4;
}
