import { afterAll, beforeAll, expect, it } from 'vitest';
import { emit } from '../../codegen/emit/index.js';
import { isIdentifier } from '../../codegen/emit/names.js';
import type { Corpus } from '../../scripts/corpus/files.js';
import { TypeScriptProject } from '../support/typescript-project.js';
import { corpora, modelOf } from './support/corpus.js';

let project: TypeScriptProject;

beforeAll(() => {
  project = new TypeScriptProject(['strict', 'exactOptionalPropertyTypes', 'noEmit', 'skipLibCheck']);
});

afterAll(() => {
  project.remove();
});

function compile(): string[] {
  return project
    .compile()
    .output.split('\n')
    .filter((line) => line !== '');
}

/** The corpus as literals of the types that it must have; a literal may not have a field that its type does not know. */
function assertions({ events, answers }: Corpus, bindings: string): string {
  const lines = [
    `import type { AriEventMap, EventData } from '${bindings}/index.js';`,
    `import type { AnswerSchemas } from '${bindings}/schemas/index.js';`,
    `type Data<S> = S extends { parse(data: unknown): infer T } ? T : never;`,
  ];
  for (const [type, messages] of events) {
    expect(isIdentifier(type)).toBe(true);
    const literals = messages.map((message) => `  ${JSON.stringify(message)},\n`);
    lines.push(`export const ${type}: readonly EventData<AriEventMap['${type}']>[] = [\n${literals.join('')}];`);
  }
  for (const [operation, all] of answers) {
    const bodies = all.flatMap(({ status, body }) => (status < 300 && body !== undefined ? [body] : []));
    if (bodies.length > 0) {
      const literals = bodies.map((body) => `  ${JSON.stringify(body)},\n`);
      const name = `answer_${operation.replace('.', '_')}`;
      lines.push(`export const ${name}: Data<AnswerSchemas['${operation}']>[] = [\n${literals.join('')}];`);
    }
  }
  return `${lines.join('\n')}\n`;
}

it('everything that Asterisks sent has the types of the generated interfaces, and nothing that they do not know', async () => {
  for (const corpus of corpora) {
    const name = `of${corpus.release.split('.')[0]}`;
    for (const [path, text] of emit(await modelOf(corpus))) {
      project.write(`${name}/${path}`, text);
    }
    project.write(`${name}.ts`, assertions(corpus, `./${name}`));
  }
  expect(compile()).toEqual([]);
}, 60_000);

it('and what has not is found by that', () => {
  const [corpus] = corpora as [Corpus];
  const [event] = corpus.events.get('StasisStart') as [{ channel: object }];
  const spoilt = [
    { ...event, args: 'a' },
    { ...event, application: undefined },
    { ...event, fresh: 1 },
    { ...event, channel: { ...event.channel, state: 5 } },
  ];
  const only = { ...corpus, events: new Map([['StasisStart', spoilt as never]]), answers: new Map() };
  project.write('spoilt.ts', assertions(only, `./of${corpus.release.split('.')[0]}`));
  const errors = compile().filter((line) => /spoilt\.ts\(/.test(line));
  expect(errors.map((line) => /error (TS\d+)/.exec(line)?.[1])).toEqual(['TS2322', 'TS2741', 'TS2353', 'TS2322']);
}, 60_000);
