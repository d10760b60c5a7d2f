/** One of the two laws of ITU-T G.711: a byte for a sample of 16 bits. */
export interface G711 {
  /**
   * From signed linear (16 bits, low byte first, as `slin` is on a machine with Intel's or ARM's byte order) to G.711;
   * an odd byte at the end is left out.
   */
  encode(linear: Uint8Array): Buffer;
  /** From G.711 to signed linear. */
  decode(coded: Uint8Array): Buffer;
}

const codes = 256;
const samples = 65_536;

/** Mu-law adds this to a sample's size, so that each segment is twice the one before. */
const bias = 0x84;

/** µ-law, Asterisk's `ulaw`: North America and Japan. */
export const ulaw: G711 = codec(decodeUlaw);

/** A-law, Asterisk's `alaw`: everywhere else. */
export const alaw: G711 = codec(decodeAlaw);

function codec(decodeOne: (code: number) => number): G711 {
  const decoded = Int16Array.from({ length: codes }, (_, code) => decodeOne(code));
  let encoded: Uint8Array | undefined;
  return {
    encode(linear) {
      encoded ??= nearestCodes(decoded);
      const view = new DataView(linear.buffer, linear.byteOffset, linear.byteLength);
      const result = Buffer.allocUnsafe(linear.byteLength >> 1);
      for (let at = 0; at < result.length; at += 1) {
        result[at] = encoded[view.getUint16(at * 2, true)] as number;
      }
      return result;
    },
    decode(coded) {
      const result = Buffer.allocUnsafe(coded.length * 2);
      for (let at = 0; at < coded.length; at += 1) {
        result.writeInt16LE(decoded[coded[at] as number] as number, at * 2);
      }
      return result;
    },
  };
}

/** For each sample, as 16 bits without sign, the code whose value is nearest; of two, the one further from zero. */
function nearestCodes(decoded: Int16Array): Uint8Array {
  const table = new Uint8Array(samples);
  const order = Array.from(decoded.keys()).sort((one, other) => valueOf(decoded, one) - valueOf(decoded, other));
  let at = 0;
  for (let sample = -samples / 2; sample < samples / 2; sample += 1) {
    while (at + 1 < order.length && isBetter(decoded, order[at + 1] as number, order[at] as number, sample)) {
      at += 1;
    }
    table[sample & 0xffff] = order[at] as number;
  }
  return table;
}

function valueOf(decoded: Int16Array, code: number): number {
  return decoded[code] as number;
}

/** Whether the code of the greater value stands for the sample at least as well as the other. */
function isBetter(decoded: Int16Array, greater: number, lesser: number, sample: number): boolean {
  const above = Math.abs(valueOf(decoded, greater) - sample);
  const below = Math.abs(sample - valueOf(decoded, lesser));
  return above < below || (above === below && sample >= 0);
}

function decodeUlaw(code: number): number {
  const inverted = ~code & 0xff;
  const segment = (inverted >> 4) & 7;
  const size = ((((inverted & 0x0f) << 3) + bias) << segment) - bias;
  return inverted & 0x80 ? -size : size;
}

function decodeAlaw(code: number): number {
  const toggled = code ^ 0x55;
  const segment = (toggled >> 4) & 7;
  const step = ((toggled & 0x0f) << 4) + 8;
  const size = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return toggled & 0x80 ? size : -size;
}
