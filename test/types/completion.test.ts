import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LanguageServer, LanguageService, root } from './support/hover.js';

interface Documents {
  readonly apis: readonly { readonly operations: readonly { readonly nickname: string }[] }[];
  readonly models: Readonly<Record<string, Model>>;
}

interface Model {
  readonly subTypes?: readonly string[];
  readonly properties: Readonly<Record<string, { readonly type: string }>>;
}

const file = join(root, 'test/types/completions.test-d.ts');
const text = readFileSync(file, 'utf8');
const after = (words: string): number => text.indexOf(words) + words.length;
const documents = (name: string) =>
  JSON.parse(readFileSync(join(root, 'api-docs/v22', `${name}.json`), 'utf8')) as Documents;

const operations = documents('channels').apis.flatMap((api) => api.operations.map(({ nickname }) => nickname));

const { models } = documents('events');

/** Events that Asterisk describes as having a channel, in whichever of their parts. */
const withChannel = (models['Event']?.subTypes ?? []).filter((name) => hasChannel(name));

function hasChannel(name: string): boolean {
  const types = Object.values(models[name]?.properties ?? {}).map(({ type }) => type.replace(/^List\[(.*)\]$/, '$1'));
  return types.some((type) => type === 'Channel' || hasChannel(type));
}

/** What editors ask, of TypeScript 6 and of 7. */
const editors = {
  'TypeScript 6': () => {
    const service = new LanguageService([file]);
    return {
      complete: (position: number) => service.completions(file, position),
      [Symbol.asyncDispose]: async () => {},
    };
  },
  'TypeScript 7': async () => {
    const server = await LanguageServer.start();
    server.open(file);
    return {
      complete: (position: number) => server.completions(file, position),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
};

/** Asterisk writes some of its names with underscores or without capitals. */
function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

describe.each(Object.entries(editors))('an editor with %s offers', (_, open) => {
  it('after client.channels. its operations and how one listens, and nothing else', async () => {
    await using editor = await open();
    const offered = await editor.complete(after('client.channels.'));
    const listening = ['on', 'once', 'off', 'stream', 'waitFor'];
    expect(operations.length).toBeGreaterThan(30);
    expect(new Set(offered.map(plain))).toEqual(new Set([...operations, ...listening, 'handle'].map(plain)));
  });

  it("after channel.on(' the events that can carry a channel, and no others", async () => {
    await using editor = await open();
    const offered = await editor.complete(after("channel.on('"));
    expect(withChannel.length).toBeGreaterThan(20);
    expect(offered.toSorted()).toEqual(withChannel.toSorted());
  });
});
