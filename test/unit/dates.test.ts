import { AriValidationError, toDate } from 'asterisk-ari';
import fc from 'fast-check';
import { expect, it } from 'vitest';

it('reads dates as Asterisk writes them', () => {
  expect(toDate('2026-11-23T01:23:45.678+0000').toISOString()).toBe('2026-11-23T01:23:45.678Z');
  expect(toDate('2026-11-23T01:23:45.678-0530').toISOString()).toBe('2026-11-23T06:53:45.678Z');
});

it('reads any moment back', () => {
  const moments = fc.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, (moment) => {
      expect(toDate(moment.toISOString().replace('Z', '+0000'))).toEqual(moment);
    }),
  );
});

it.each(['', 'yesterday', '2026-11-23', '2026-13-23T01:23:45.678+0000'])('refuses %j', (text) => {
  expect(() => toDate(text)).toThrow(AriValidationError);
});
