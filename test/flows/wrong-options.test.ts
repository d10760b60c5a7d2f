import { AriValidationError } from 'asterisk-ari';
import * as flows from 'asterisk-ari/flows';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';
import { wrongRows, type Call } from './support/wrong-rows.js';

let floor: Floor;
let rows: Record<string, Record<string, Call>>;

beforeAll(async () => {
  floor = await Floor.begin(2);
  rows = wrongRows({ client: floor.client, channel: floor.caller(0).channel, other: floor.caller(1).channel });
});

afterEach(() => {
  expect(floor.requests).toEqual([]);
  expect(floor.client.listeners).toBe(0);
});

afterAll(async () => {
  await floor[Symbol.asyncDispose]();
});

/** What nothing takes. */
const nonsense = [null, -1.5, [], {}, Promise.resolve({})];

async function refusal(attempt: () => unknown): Promise<AriValidationError> {
  const refused = await Promise.resolve()
    .then(attempt)
    .then(
      (value) => new Error('it was taken', { cause: value }),
      (error: unknown) => error,
    );
  expect(refused).toBeInstanceOf(AriValidationError);
  return refused as AriValidationError;
}

/** Adds an option that does not exist, and returns those that do. */
async function allowedIn(prefix: string, attempt: (wrong: object) => unknown): Promise<string[]> {
  const { message } = await refusal(() => attempt({ nonsense: 1 }));
  expect(message).toContain(`${prefix}nonsense' does not exist; allowed are `);
  return (message.split('allowed are ')[1] as string).split(', ');
}

/** Gives each option that exists a value that none may have. */
async function expectEachRefused(prefix: string, attempt: (wrong: object) => unknown): Promise<void> {
  for (const option of await allowedIn(prefix, attempt)) {
    for (const value of [null, -1n, new Date(0), 'two\nlines', 'half \ud800']) {
      const { message, parameter } = await refusal(() => attempt({ [option]: value }));
      // The option itself, an item of its list, or a part of it.
      expect([`'`, '[', '.'].map((end) => `${prefix}${option}${end}`)).toContainEqual(
        message.slice(0, prefix.length + option.length + 1),
      );
      expect(message).toMatch(/ must be .*, not (null|-1|a Date|"two\\nlines"|"half \\ud800")$| needs /);
      expect(parameter).toBeDefined();
    }
  }
}

describe.each(Object.keys(flows))('%s', (flow) => {
  it('has its calls here', () => {
    expect(Object.keys(rows)).toContain(flow);
  });

  it('names what is given to it and is wrong, and says what is allowed', async () => {
    for (const [call, { takes = {} }] of Object.entries(rows[flow] ?? {})) {
      for (const [what, give] of Object.entries(takes)) {
        for (const value of nonsense) {
          const { message, parameter } = await refusal(() => give(value as never));
          expect(message).toMatch(new RegExp(`^${call}: (option ')?${what}[.\\w]*'? must .*, not `));
          expect(parameter).toMatch(what);
        }
      }
    }
  });

  it('refuses what is no options', async () => {
    for (const [name, { call }] of Object.entries(rows[flow] ?? {})) {
      for (const value of call === undefined
        ? []
        : [null, 0, 'x', [], AbortSignal.abort(), new Date(0), Promise.resolve({})]) {
        const { message } = await refusal(() => call?.(value as never));
        expect(message).toContain(`${name}: options must be an object with `);
      }
    }
  });

  it('names every option that is wrong, and says what is allowed', async () => {
    for (const [name, { call, right, within = {} }] of Object.entries(rows[flow] ?? {})) {
      if (call !== undefined) {
        await expectEachRefused(`${name}: option '`, (wrong) => call({ ...right, ...wrong } as never));
      }
      for (const [option, [inner, holder]] of Object.entries(within)) {
        await expectEachRefused(`${name}: option '${option}.`, (wrong) =>
          call?.(holder({ ...inner, ...wrong }) as never),
        );
      }
    }
  });
});
