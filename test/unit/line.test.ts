import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Line, type Place } from '../../src/support/line.js';

const moves = fc.array(fc.oneof(fc.constantFrom('add' as const, 'shift' as const), fc.nat()));

describe('a line', () => {
  it('keeps the order in which its values came, whoever leaves', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const line = new Line<number>();
        const places: Place<number>[] = [];
        for (const [value, step] of steps.entries()) {
          if (step === 'add') {
            places.push(line.add(value));
          } else if (step === 'shift') {
            expect(line.shift()).toBe(places.shift()?.value);
          } else if (places.length > 0) {
            const [place] = places.splice(step % places.length, 1);
            line.remove(place as Place<number>);
            expect(place).toMatchObject({ previous: undefined, next: undefined });
          }
          const values = places.map((place) => place.value);
          expect({ values: line.values(), first: line.first, size: line.size }).toEqual({
            values,
            first: values[0],
            size: values.length,
          });
        }
      }),
    );
  });
});
