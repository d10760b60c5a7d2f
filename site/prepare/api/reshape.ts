import {
  Converter,
  ReflectionFlag,
  ReflectionKind,
  type Application,
  type DeclarationReflection,
  type ProjectReflection,
} from 'typedoc';
import { pageOrder } from './order.ts';

/** Makes of what typedoc has found what people want to read. */
export function reshape(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of declarations(project)) gettersAreProperties(reflection);
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of declarations(project)) {
      if (isInherited(reflection) || isOfTheClient(reflection)) project.removeReflection(reflection);
    }
    for (const page of project.children ?? []) page.children?.sort(pageOrder);
  });
}

function declarations(project: ProjectReflection): DeclarationReflection[] {
  return Object.values(project.reflections).filter((reflection) => reflection.isDeclaration());
}

/** Fields of a domain object are getters, each of which would take a heading: as properties they make a table. */
function gettersAreProperties(reflection: DeclarationReflection): void {
  const { getSignature, setSignature } = reflection;
  if (!reflection.kindOf(ReflectionKind.Accessor) || getSignature === undefined || setSignature !== undefined) return;
  reflection.kind = ReflectionKind.Property;
  if (getSignature.type !== undefined) reflection.type = getSignature.type;
  if (getSignature.comment !== undefined) reflection.comment = getSignature.comment;
  reflection.setFlag(ReflectionFlag.Readonly, true);
  delete reflection.getSignature;
}

/** What a class has of another is described there, and the class says what it extends. */
function isInherited(reflection: DeclarationReflection): boolean {
  return (
    reflection.inheritedFrom !== undefined ||
    reflection.signatures?.every(({ inheritedFrom }) => inheritedFrom) === true
  );
}

/** Constructors that only the client calls. */
function isOfTheClient({ kind, signatures }: DeclarationReflection): boolean {
  return kind === ReflectionKind.Constructor && signatures?.[0]?.parameters?.[0]?.name === 'client';
}
