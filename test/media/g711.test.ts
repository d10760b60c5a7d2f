import { alaw, ulaw } from 'asterisk-ari/media';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as kept from 'x-law';

const codes = Buffer.from(Array.from({ length: 256 }, (_, code) => code));
const samples = Array.from({ length: 65_536 }, (_, index) => index - 32_768);
const linear = Buffer.from(Int16Array.from(samples).buffer);

function toNumbers(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2));
}

describe.each([
  ['ulaw', ulaw, kept.mulaw],
  ['alaw', alaw, kept.alaw],
] as const)('%s', (_, ours, theirs) => {
  it('decodes every code as a library does that others use', () => {
    expect(toNumbers(ours.decode(codes))).toEqual(
      // It has a zero of either sign.
      Array.from(codes, (code) => theirs.decodeSample(code) + 0),
    );
  });

  it('encodes every sample at least as near as that library does, and as near as can be', () => {
    const values = toNumbers(ours.decode(codes));
    const coded = ours.encode(linear);
    const worse = samples.filter((sample, index) => {
      const distance = (code: number): number => Math.abs((values[code] as number) - sample);
      const mine = distance(coded[index] as number);
      return mine > distance(theirs.encodeSample(sample)) || values.some((value) => Math.abs(value - sample) < mine);
    });
    expect(worse).toEqual([]);
  });

  it('encodes what it has decoded as it was', () => {
    const again = ours.decode(ours.encode(ours.decode(codes)));
    expect(again).toEqual(ours.decode(codes));
  });

  it('reads audio that begins anywhere in memory, and leaves half a sample out', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(3), (audio, offset) => {
        const moved = Buffer.concat([Buffer.alloc(offset), audio]).subarray(offset);
        const coded = ours.encode(moved);
        expect(coded).toHaveLength(Math.floor(audio.length / 2));
        expect(coded).toEqual(ours.encode(Buffer.from(audio)));
      }),
    );
  });
});
