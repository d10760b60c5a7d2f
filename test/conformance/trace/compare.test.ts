import { describe, expect, it } from 'vitest';
import { compareTraces } from './compare.js';
import type { EventTrace, Trace } from './trace.js';

const event = (type: string, fields: Record<string, string> = {}): EventTrace => ({ type, fields });
const trace = (...events: EventTrace[]): Trace => ({ requests: [], objects: [{ object: 'APP channel c', events }] });

describe('compareTraces', () => {
  it('says nothing of equal traces', () => {
    const one = trace(event('StasisStart', { 'channel.state': '"Up"' }), event('StasisEnd'));
    expect(compareTraces(one, one)).toEqual([]);
  });

  it('names an event that only one of them has', () => {
    const lines = compareTraces(trace(event('A'), event('B')), trace(event('A'), event('C')));
    expect(lines).toEqual(['APP channel c: only on the double: B', 'APP channel c: only on the real one: C']);
  });

  it('tells an event in another place from one that is missing, and compares its fields', () => {
    const early = event('Dial', { dialstatus: '""', 'peer.state': '"Down"' });
    const late = event('Dial', { dialstatus: '""', 'peer.state': '"Up"' });
    const lines = compareTraces(trace(early, event('A'), event('B')), trace(event('A'), event('B'), late));
    expect(lines).toEqual([
      'APP channel c: in another place: Dial ""',
      'APP channel c: Dial "": peer.state is "Down" on the double, "Up" on the real one',
    ]);
  });

  it('takes events of a type apart by what they are about', () => {
    const set = (variable: string): EventTrace => event('ChannelVarset', { variable: `"${variable}"` });
    const lines = compareTraces(trace(set('ONE')), trace(set('TWO')));
    expect(lines).toEqual([
      'APP channel c: only on the double: ChannelVarset "ONE"',
      'APP channel c: only on the real one: ChannelVarset "TWO"',
    ]);
  });

  it('names fields that differ or are missing, and requests that were answered otherwise', () => {
    const one: Trace = { ...trace(event('A', { x: '1', y: '2' })), requests: ['channels.get 200'] };
    const other: Trace = { ...trace(event('A', { x: '3', z: '4' })), requests: ['channels.get 404 Channel not found'] };
    expect(compareTraces(one, other)).toEqual([
      'request only on the double: channels.get 200',
      'request only on the real one: channels.get 404 Channel not found',
      'APP channel c: A: x is 1 on the double, 3 on the real one',
      'APP channel c: A: y only on the double (2)',
      'APP channel c: A: z only on the real one (4)',
    ]);
  });
});
