import { expect, expectTypeOf, it } from 'vitest';
import { schemas, type Schemas } from '../../generated/v22/schemas/index.js';
import type { AriEventMap, ChannelData, EventData, ReferTo, StasisStart } from '../../src/index.js';
import { start } from '../support/events.js';

it('schemas give their users what the interfaces promise', () => {
  const event = schemas.events.StasisStart.parse(start('1'));
  expect(event).toEqual(start('1'));
  expectTypeOf(event).toEqualTypeOf<EventData<StasisStart>>();
  expectTypeOf(event.channel).toEqualTypeOf<ChannelData>();
  expectTypeOf(schemas.answers['channels.list'].parse([])).toEqualTypeOf<readonly ChannelData[]>();
  expectTypeOf<ReturnType<Schemas['models']['ReferTo']['parse']>>().toEqualTypeOf<EventData<ReferTo>>();
  expectTypeOf<keyof Schemas['events']>().toEqualTypeOf<keyof AriEventMap>();
});

it('schemas compose as any of zod do', () => {
  const many = schemas.models.CallerID.array();
  expect(many.safeParse([{ name: '', number: '' }]).success).toBe(true);
  expect(many.safeParse([{ name: '' }]).success).toBe(false);
  expect(schemas.models.ChannelData.toJSONSchema()).toMatchObject({
    type: 'object',
    properties: { state: { type: 'string', examples: expect.arrayContaining(['Up', 'Rsrvd']) as string[] } },
  });
});
