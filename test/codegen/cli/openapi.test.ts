import { spawnSync } from 'node:child_process';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { run } from '../../../codegen/cli/run.js';
import { bundledBranches, readApi } from '../../../codegen/index.js';

interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: object;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

interface Schema {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

async function print(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', ''];
  const io = {
    env: {},
    interactive: false,
    out: (text: string) => (out += text),
    error: (text: string) => (error += text),
  };
  return { code: await run(['openapi', ...args], io), out, error };
}

async function documentOf(branch: string): Promise<Document> {
  const { code, out, error } = await print(branch);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return JSON.parse(out) as Document;
}

describe.each(bundledBranches().map(({ major }) => String(major)))('ari-codegen openapi %s', (branch) => {
  it('prints a document that is valid, and in which every reference leads somewhere', async () => {
    const document = await documentOf(branch);
    const { valid, errors } = await new Validator().validate({ ...document });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    const dangling = [...references].filter(([, name = '']) => document.components.schemas[name] === undefined);
    expect(dangling).toEqual([]);
  });

  it('has every operation and every event', async () => {
    const document = await documentOf(branch);
    const { model } = await readApi({ kind: 'bundled', version: branch });
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    const expected = model.resources.flatMap((resource) => resource.operations.map(({ id }) => id));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(expected.sort());
    expect(Object.keys(document.webhooks)).toEqual(model.events.map(({ name }) => name));
    expect(document.info.version).toBe(model.release);
  });
});

describe('an OpenAPI document', () => {
  it('says what a parameter may be, and where it goes', async () => {
    const { paths } = await documentOf('22');
    const play = paths['/channels/{channelId}/play']?.['post'];
    expect(play?.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'channelId', in: 'path', required: true, schema: { type: 'string' } }),
        expect.objectContaining({
          name: 'media',
          in: 'query',
          required: true,
          explode: false,
          schema: { type: 'array', items: { type: 'string' } },
        }),
        expect.objectContaining({
          name: 'skipms',
          schema: { type: 'integer', format: 'int32', minimum: expect.any(Number), default: 3000 },
        }),
      ]),
    );
    expect(paths['/channels/{channelId}']?.['delete']?.responses['204']).toBeDefined();
    expect(paths['/events']?.['get']?.responses['101']).toBeDefined();
    expect(paths['/recordings/stored/{recordingName}/file']?.['get']?.responses['200']).toMatchObject({
      content: { 'application/octet-stream': {} },
    });
  });

  it('knows an event by its type', async () => {
    const { components } = await documentOf('22');
    const start = components.schemas['StasisStart'];
    expect(start?.properties?.['type']).toMatchObject({ const: 'StasisStart' });
    expect(start?.properties?.['channel']).toMatchObject({ $ref: '#/components/schemas/Channel' });
    expect(start?.required).toEqual(expect.arrayContaining(['type', 'channel', 'args']));
    expect(components.schemas['Event']).toMatchObject({
      discriminator: { propertyName: 'type', mapping: { StasisStart: '#/components/schemas/StasisStart' } },
    });
  });

  it.skipIf(process.platform === 'win32')('may be read in part, as by head', () => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-o', 'pipefail', '-c', '"$0" "$1" openapi 22 | head -c 10', process.execPath, 'codegen/bin/ari-codegen.js'],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('of a branch that is not bundled is refused, with those that are', async () => {
    const { code, out, error } = await print('99');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/99.*22/s);
  });
});
