import { isSource } from '../model/sources.js';
import type { KnownWords, Parameter } from '../model/types.js';
import { code, docs, foreign, sentence } from './docs.js';
import { upperFirst } from './names.js';
import { describe, tellsAll } from './property-docs.js';
import type { Scope } from './scope.js';
import { article, enumerate, title, withArticle, words } from './words.js';

/** What is to be said of a parameter. */
export function parameterDocs(scope: Scope, parameter: Parameter): string[] {
  const { name, description, list, type, allowed, words, uri, defaultValue, generated, correction } = parameter;
  return docs(
    [
      ...(parameter.accepts === undefined ? [describe(name, description)] : accepting(scope, parameter)),
      allowed?.kind === 'list' && !tellsAll(description, allowed.values)
        ? `One of ${enumerate(allowed.values.map(code), 'or')}.`
        : undefined,
      allowed?.kind === 'range' ? range(allowed.min, allowed.max) : undefined,
      words === undefined ? undefined : knownWords(words),
      uri &&
        `Begins with ${enumerate(
          uri.schemes.map((scheme) => code(`${scheme}:`)),
          'or',
        )}.`,
      list && type.kind !== 'list' ? 'One or several.' : undefined,
      generated && correction === undefined ? 'Without one, a unique id is made.' : undefined,
      sentence(foreign(correction)),
    ],
    defaultValue === undefined ? [] : [`@default ${code(defaultValue)}`],
  );
}

/** A parameter for which an object may be given: what of it Asterisk wants, and that the object will do. */
function accepting(scope: Scope, { name, description, accepts }: Parameter): (string | undefined)[] {
  const given = sentence(foreign(description));
  if (isSource(accepts)) {
    const sources = scope.sources(accepts);
    const nouns = sources.map((object) => withArticle(words(object.name)));
    const schemes = sources.map((object) => code(`${object.sourceScheme}:…`));
    return [
      given || `${title(name)}.`,
      `${enumerate(schemes, 'or')}; or the object itself: ${enumerate(nouns, 'or')}.`,
    ];
  }
  const noun = words(accepts ?? '');
  const id =
    scope
      .object(accepts ?? '')
      ?.keys.map(({ field }) => field)
      .join('/') ?? 'id';
  if (given) {
    return [`${given} ${upperFirst(article(noun))} {@link ${accepts}Handle} will do as well.`];
  }
  const role = words(name.replace(/(?:Id|Name)$/, ''));
  return [noun.endsWith(role) ? `The ${noun}, or its ${id}.` : `${title(role)}: ${withArticle(noun)}, or its ${id}.`];
}

/** Which words there are, unless there may be others: then the type tells some, and nothing tells all. */
function knownWords({ values, open, several }: KnownWords): string | undefined {
  const which = open ? '' : `Out of ${enumerate(values.map(code), several ? 'and' : 'or')}. `;
  const many = several ? 'One or several, as a list or separated by commas.' : '';
  return `${which}${many}`.trim() || undefined;
}

function range(min: number | undefined, max: number | undefined): string | undefined {
  if (min !== undefined && max !== undefined) {
    return `From ${min} to ${max}.`;
  }
  if (min !== undefined) {
    return `At least ${min}.`;
  }
  return max === undefined ? undefined : `At most ${max}.`;
}
