import { beforeAll, describe, expect, test } from 'vitest';
import type { Descriptions } from '../../../codegen/describe/schema.js';
import { readApi } from '../../../codegen/generate.js';
import { bundledDescriptions } from '../../../codegen/load/bundled.js';
import type { ApiModel } from '../../../codegen/model/types.js';
import { BRANCHES } from '../support/branches.js';

describe('the descriptions', () => {
  test.each(BRANCHES)('leave nothing of Asterisk $release without a text', async ({ major }) => {
    const { model } = await readApi({ kind: 'bundled', version: String(major) });
    expect(undescribed(model)).toEqual([]);
  });

  test('are all of something that a branch has', async () => {
    const branches = await Promise.all(
      BRANCHES.map(({ major }) => readApi({ kind: 'bundled', version: String(major) })),
    );
    const places = new Set(branches.flatMap(({ model }) => placesOf(model)));
    const unused = [...textsOf(bundledDescriptions())].map(([place]) => place).filter((place) => !places.has(place));
    expect(unused).toEqual([]);
  });
});

describe('every description', () => {
  let texts: readonly (readonly [place: string, text: string])[];
  beforeAll(() => {
    texts = [...textsOf(bundledDescriptions())];
  });
  const failing = (isWrong: (text: string, place: string) => boolean): string[] =>
    texts.filter(([place, text]) => isWrong(text, place)).map(([place]) => place);

  test('is one of many', () => expect(texts.length).toBeGreaterThan(900));
  test('ends with a full stop', () => expect(failing((text) => !/[^.]\.$/.test(text))).toEqual([]));
  test('is one line without a blank too many', () =>
    expect(failing((text) => /^\s|\s\s|[\t\n\r]/.test(text))).toEqual([]));
  test('has no quote left open', () => {
    expect(failing((text) => text.split('`').length % 2 === 0)).toEqual([]);
  });
  test('begins with a capital, or with a value; that of an error in small letters', () => {
    const start = (place: string): RegExp =>
      place.includes(' error ') ? /^[^A-Z]|^[A-Z]\w*[A-Z]|^Asterisk/ : /^[A-Z`]/;
    expect(failing((text, place) => !start(place).test(text))).toEqual([]);
  });
  test('is short enough to be read where it pops up', () => {
    expect(failing((text, place) => text.length > (place.endsWith(' notes') ? 300 : 200))).toEqual([]);
  });
  test('begins no tag and ends no comment', () => expect(failing((text) => /(^|[\s{])@|\*\//.test(text))).toEqual([]));
});

/** What has no text, by the names that `textsOf` gives. */
function undescribed({ resources, models, events }: ApiModel): string[] {
  const operations = resources.flatMap((resource) =>
    resource.operations.flatMap(({ nickname, summary, parameters }) => [
      ...lacking(`${resource.name} ${nickname} summary`, summary),
      ...parameters.flatMap(({ name, description }) =>
        lacking(`${resource.name} ${nickname} parameter ${name}`, description),
      ),
    ]),
  );
  const described = [...models, ...events].flatMap(({ name, description, properties }) => [
    ...lacking(name, description),
    ...properties.flatMap((property) => lacking(`${name}.${property.name}`, property.description)),
  ]);
  const named = resources.flatMap(({ name, description }) => lacking(name, description));
  return [...named, ...operations, ...described];
}

function lacking(place: string, text: string | undefined): string[] {
  return text === undefined ? [place] : [];
}

/** Every place of a release that a description can be of. */
function placesOf({ resources, models, events }: ApiModel): string[] {
  const operations = resources.flatMap((resource) =>
    resource.operations.flatMap(({ nickname, parameters, errors }) => [
      `${resource.name} ${nickname} summary`,
      `${resource.name} ${nickname} notes`,
      ...parameters.map(({ name }) => `${resource.name} ${nickname} parameter ${name}`),
      ...errors.map(({ code }) => `${resource.name} ${nickname} error ${code}`),
    ]),
  );
  const described = [...models, ...events].flatMap(({ name, properties }) => [
    name,
    ...properties.map((property) => `${name}.${property.name}`),
  ]);
  return [...resources.map(({ name }) => name), ...operations, ...described];
}

/** Every text with the place that it is of. */
function* textsOf({ resources, operations, models }: Descriptions): Iterable<readonly [place: string, text: string]> {
  yield* Object.entries(resources);
  for (const [resource, all] of Object.entries(operations)) {
    for (const [nickname, { summary, notes, parameters = {}, errors = {} }] of Object.entries(all)) {
      const operation = `${resource} ${nickname}`;
      yield [`${operation} summary`, summary];
      if (notes !== undefined) yield [`${operation} notes`, notes];
      for (const [name, text] of Object.entries(parameters)) yield [`${operation} parameter ${name}`, text];
      for (const [code, text] of Object.entries(errors)) yield [`${operation} error ${code}`, text];
    }
  }
  for (const [name, { description, properties }] of Object.entries(models)) {
    yield [name, description];
    for (const [property, text] of Object.entries(properties)) yield [`${name}.${property}`, text];
  }
}
