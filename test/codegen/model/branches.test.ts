import { describe, expect, test } from 'vitest';
import type { ApiModel, TypeRef } from '../../../codegen/model/types.js';
import { branchModel, BRANCHES, operationsOf } from '../support/branches.js';

describe.each(BRANCHES)('the bundled documents of Asterisk $release', ({ major, release, ...size }) => {
  test('are all there', async () => {
    const api = await branchModel(major);
    const operations = operationsOf(api);
    expect(api.resources).toHaveLength(11);
    expect(operations).toHaveLength(size.operations);
    expect(operations.flatMap(({ parameters }) => parameters)).toHaveLength(size.parameters);
    expect(api.events).toHaveLength(size.events);
    // what the corrections add is not the documents'
    const documented = api.models.filter(({ correction }) => correction === undefined);
    expect(documented).toHaveLength(size.models - size.events);
  });

  test('make a model that is plain data, says its release and refers to nothing unknown', async () => {
    const api = await branchModel(major);
    expect(api).toMatchObject({ release, major });
    expect(JSON.parse(JSON.stringify(api))).toEqual(api);

    const known = new Set(api.models.map(({ name }) => name));
    expect(referredModels(api).filter((name) => !known.has(name))).toEqual([]);
    const ids = operationsOf(api).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('no two branches have the same digest', async () => {
  const models = await Promise.all(BRANCHES.map(({ major }) => branchModel(major)));
  expect(new Set(models.map(({ digest }) => digest)).size).toBe(BRANCHES.length);
});

function referredModels({ resources, models, events }: ApiModel): string[] {
  const operations = resources.flatMap((resource) => resource.operations);
  const types = [
    ...operations.map(({ response }) => response),
    ...operations.flatMap(({ parameters }) => parameters.map(({ type }) => type)),
    ...[...models, ...events].flatMap(({ properties }) => properties.map(({ type }) => type)),
  ];
  return types.flatMap(modelsIn);
}

function modelsIn(type: TypeRef): string[] {
  if (type.kind === 'list') return modelsIn(type.of);
  return type.kind === 'model' ? [type.name] : [];
}
