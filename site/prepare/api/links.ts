import {
  Converter,
  ReflectionKind,
  type Application,
  type Comment,
  type CommentDisplayPart,
  type InlineTagDisplayPart,
  type ProjectReflection,
  type Reflection,
} from 'typedoc';

/** After typedoc's own resolving, which this completes. */
const LATE = -400;

/**
 * Has links lead to what they name, the classes of errors included. Declarations mention what they do not import, and
 * typedoc looks for that on the same page only; here in the same entry, and then in the others, that of all first.
 */
export function resolveLinks(app: Application): void {
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const reflection of Object.values(project.reflections)) {
        if (reflection.comment !== undefined) resolveIn(reflection.comment, reflection, project);
      }
    },
    LATE,
  );
}

function resolveIn({ summary, blockTags }: Comment, from: Reflection, project: ProjectReflection): void {
  for (const tag of blockTags) {
    if (tag.typeAnnotation === undefined) continue;
    const text = tag.typeAnnotation.replaceAll(/[{}]/g, '');
    const thrown: InlineTagDisplayPart = { kind: 'inline-tag', tag: '@linkcode', text };
    tag.content = [thrown, { kind: 'text', text: ' ' }, ...tag.content];
    delete tag.typeAnnotation;
  }
  for (const part of [summary, ...blockTags.map(({ content }) => content)].flat()) {
    if (!isOpenLink(part)) continue;
    const target = find(project, part.text.split('.'), entryOf(from));
    if (target !== undefined) part.target = target;
  }
}

function isOpenLink(part: CommentDisplayPart): part is InlineTagDisplayPart {
  return part.kind === 'inline-tag' && part.tag.startsWith('@link') && part.target === undefined;
}

/** What a path such as `Channels.create` names, seen from an entry. */
function find(project: ProjectReflection, path: readonly string[], entry: string): Reflection | undefined {
  const pages = project.children ?? [];
  const near = pages.filter((page) => entryOf(page) === entry);
  const shared = pages.filter((page) => entryOf(page) === 'asterisk-ari');
  for (const page of [...near, ...shared, ...pages]) {
    const found = page.getChildByName([...path]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The entry of the page that something stands on: `asterisk-ari/v20` of `asterisk-ari/v20/Channel`. */
function entryOf(reflection: Reflection): string {
  let page = reflection;
  while (page.parent !== undefined && !page.kindOf(ReflectionKind.Module)) page = page.parent;
  return page.name.replace(/\/[^/]+$/, '');
}
