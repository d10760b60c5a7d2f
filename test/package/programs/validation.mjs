// asterisk-ari/validation: what generated schemas are made of.
import assert from 'node:assert/strict';
import * as s from 'asterisk-ari/validation';

const Lamp = s.event('Lamp', { timestamp: s.date, on: s.flag, tags: s.optional(s.list(s.text)) });
const lamp = { type: 'Lamp', timestamp: '2026-01-01T12:00:00.000+0000', on: true };
assert.deepEqual(Lamp.parse({ ...lamp, tags: ['red'] }), { ...lamp, tags: ['red'] });
assert.equal(Lamp.safeParse({ ...lamp, on: 'yes' }).success, false);
assert.equal(Lamp.safeParse({ ...lamp, timestamp: 'today' }).success, false);
