/** What must be known of a format of Asterisk's to pace, pad and store it. */
export interface AudioFormat {
  /** As Asterisk names it: `slin16`. */
  readonly name: string;
  /** Samples a second. */
  readonly sampleRate: number;
  /** Bytes a sample, where every sample takes the same. */
  readonly sampleBytes: number;
  /** The byte that silence is made of. */
  readonly silence: number;
}

const g711 = { sampleRate: 8_000, sampleBytes: 1 } as const;

const logarithmic: readonly AudioFormat[] = [
  { name: 'ulaw', ...g711, silence: 0xff },
  { name: 'alaw', ...g711, silence: 0xd5 },
];

/** Signed linear of 16 bits, by the number that its name ends with. */
const rates = new Map([
  ['', 8_000],
  ['12', 12_000],
  ['16', 16_000],
  ['24', 24_000],
  ['32', 32_000],
  ['44', 44_100],
  ['48', 48_000],
  ['96', 96_000],
  ['192', 192_000],
]);

const linear = Array.from(rates, ([kHz, sampleRate]): AudioFormat => {
  return { name: `slin${kHz}`, sampleRate, sampleBytes: 2, silence: 0 };
});

const known = new Map([...logarithmic, ...linear].map((format) => [format.name, format]));

/** The formats whose samples can be told apart, by name. */
export const sampledFormats: readonly string[] = [...known.keys()];

/** `undefined` for a format whose bytes are no samples: `g722`, `gsm`, `opus`. */
export function formatNamed(name: string): AudioFormat | undefined {
  return known.get(name);
}

/** Bytes of a frame; 0 for a format whose bytes are no samples. */
export function frameBytesOf(name: string, frameMs: number): number {
  const { sampleRate = 0, sampleBytes = 0 } = formatNamed(name) ?? {};
  return Math.floor((sampleRate * frameMs) / 1_000) * sampleBytes;
}

/** Bytes that last a millisecond; 0 for a format whose frames may be of any size. @param frameBytes 0 where that is so */
export function bytesPerMsOf(name: string, frameBytes: number, frameMs: number): number {
  const { sampleRate, sampleBytes } = formatNamed(name) ?? {};
  return sampleRate === undefined || sampleBytes === undefined
    ? frameBytes / frameMs
    : (sampleRate * sampleBytes) / 1_000;
}
