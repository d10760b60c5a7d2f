import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commented,
  filesBelow,
  given,
  LanguageServer,
  LanguageService,
  root,
  uncommented,
  type Commented,
} from './support/hover.js';

/** Words alone: how an editor breaks lines, marks code and writes links is its own business. */
function words(text: string): string {
  return text
    .replace(/\{@link\s*([^}]+)\}/g, '$1')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/```typescript[\s\S]*?```/, '')
    .replace(/```\w*/g, '')
    .replace(/(^|\n)\s*\*@(\w+)\*/g, '$1@$2')
    .replace(/\\@/g, '@')
    .replace(/[`—{}*]/g, ' ')
    .replace(/\s+/g, '');
}

const generated = filesBelow('generated/v22').filter((file) => !file.includes('/schemas/'));
const written = [
  'src/events/listenable.ts',
  'src/events/wait.ts',
  'src/events/stream.ts',
  'src/client/base-client.ts',
  'src/client/options.ts',
  'src/contract/request-options.ts',
  'src/contract/subscription.ts',
].map((file) => join(root, file));

/** What programs of flows and tests of them are full of, by the files that have it. */
const spoken = {
  'src/flows/supervise/supervise.ts': ['supervise', 'Supervision'],
  'src/flows/queue/agents.ts': ['QueueAgent'],
  'src/flows/queue/queue.ts': ['Queue', 'QueueStats'],
  'src/flows/dial/dial.ts': ['DialAnswered', 'DialUnanswered'],
  'src/flows/hold.ts': ['HoldOptions', 'HoldResult', 'UnholdOptions', 'UnholdResult'],
  'src/flows/conference/changes.ts': ['Participant'],
  'src/flows/conference/conference.ts': ['Conference'],
  'src/support/logger.ts': ['Logger'],
  'src/testing/control/phone.ts': ['Phone'],
} as const;

/** What is hovered over with TypeScript 7, and in which file: one of each kind. */
const samples = [
  ['generated/v22/repositories/Channels.ts', 'hangup'],
  ['generated/v22/objects/Channel.ts', 'play'],
  ['generated/v22/events/StasisStart.ts', 'args'],
  ['generated/v22/client.ts', 'connect'],
  ['src/client/options.ts', 'transport'],
  ['src/events/listenable.ts', 'waitFor'],
] as const;

describe('what an editor shows is the whole comment', () => {
  it('of every operation, domain object, event and field, and of what is written by hand, with TypeScript 6', () => {
    const service = new LanguageService([...generated, ...written]);
    const all = [...generated, ...written].flatMap(commented).filter(({ comment }) => !comment.includes('@internal'));
    expect(all.length).toBeGreaterThan(1_000);
    const cut = all.filter((each) => words(service.hover(each)) !== words(each.comment));
    expect(cut.map(({ name, file }) => `${file}: ${name}`)).toEqual([]);
  }, 60_000);

  it('and there is one of each overload and each member of what flows and phones give', () => {
    const all = Object.entries(spoken).flatMap(([file, names]) => uncommented(join(root, file), names));
    expect(all).toEqual([]);
  });

  it('with TypeScript 7 as well', async () => {
    await using server = await LanguageServer.start();
    for (const [file, name] of samples) {
      const path = join(root, file);
      const one = commented(path).find((each) => each.name === name) as Commented;
      server.open(path);
      expect(words(await server.hover(one)), name).toBe(words(one.comment));
    }
  });

  it('of the parameters of a domain object where a call gives them, with TypeScript 7', async () => {
    await using server = await LanguageServer.start();
    const calls = join(root, 'test/types/parameters.test-d.ts');
    const declared = ['channels', 'bridges'].flatMap((name) =>
      commented(join(root, `generated/v22/params/${name}.ts`)),
    );
    server.open(calls);
    const found = given(calls);
    expect(found.map(({ name }) => name)).toContain('offsetms');
    for (const one of found) {
      const comments = declared.filter(({ name }) => name === one.name).map(({ comment }) => words(comment));
      expect(comments, one.name).toContain(words(await server.hover(one)));
    }
  });
});
