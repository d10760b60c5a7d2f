/** Stage three: from what the documents say to the interface that the bindings are made for. */
import { CodegenError } from '../errors.js';
import { describe } from '../describe/describe.js';
import type { Descriptions } from '../describe/schema.js';
import { factsDigest } from '../facts/digest.js';
import { releaseNumbers } from '../load/release.js';
import type { ApiDocuments } from '../parse/types.js';
import type { Warn } from '../parse/validate.js';
import { correct } from './correct.js';
import { eventHierarchy, type EventHierarchy } from './event-hierarchy.js';
import { buildEvents, inherited } from './events.js';
import { refuseEventsAsValues } from './event-values.js';
import { buildModels, markHolders } from './models.js';
import { objectsOf } from './objects.js';
import { buildResource } from './operations.js';
import type { ApiModel, Model } from './types.js';

/**
 * Makes the interface of one release. Plain data; the same for Asterisk's own documents and our facts, but for prose.
 * @param descriptions words for what the documents have none for
 */
export function buildModel(api: ApiDocuments, release: string, warn: Warn, descriptions?: Descriptions): ApiModel {
  const numbers = releaseNumbers(release);
  if (!numbers) throw new CodegenError(`'${release}' is not a release of Asterisk`);

  const hierarchy = eventHierarchy(api);
  refuseEventsAsValues(api, hierarchy);
  const objects = objectsOf(api);
  const names = new Set(api.documents.flatMap(({ models }) => models.map(({ id }) => id)));
  const context = { objects, models: names, variableObjects: takesVariableObjects(api) };
  const documented = {
    models: buildModels(api, names),
    resources: api.documents.map((document) => buildResource(document, context)),
  };

  const corrected = correct(documented, release, warn);
  const { models, resources } = descriptions ? describe(corrected, descriptions) : corrected;
  const marked = markHolders(models, objects);
  return {
    release,
    major: numbers.major,
    digest: factsDigest(api),
    resources,
    models: withoutEvents(marked, hierarchy),
    events: buildEvents(hierarchy, marked, objects),
    objects,
  };
}

/** Told by an operation that came with them: `channels.setChannelVars`. */
function takesVariableObjects(api: ApiDocuments): boolean {
  return api.documents.some(({ apis }) =>
    apis.some(({ operations }) => operations.some(({ nickname }) => nickname === 'setChannelVars')),
  );
}

/** The models that are no events; the bases of events with what they inherit. */
function withoutEvents(models: readonly Model[], { bases, leaves }: EventHierarchy): readonly Model[] {
  const events = new Set(leaves.map(({ name }) => name));
  const byName = new Map(models.map((model) => [model.name, model.properties]));
  const complete = (model: Model): Model => {
    const at = bases.indexOf(model.name);
    if (at === -1) return model;
    const line = bases.slice(0, at + 1).map((name) => byName.get(name) ?? []);
    return { ...model, properties: inherited(line), eventBase: true };
  };
  return models.filter(({ name }) => !events.has(name)).map(complete);
}
