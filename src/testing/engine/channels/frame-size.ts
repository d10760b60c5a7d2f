/** Bytes of 20 ms by format, as Asterisk recommends to send at once; none of the formats whose frames vary. */
const SIZES = new Map<string, number>([
  ['ulaw', 160],
  ['alaw', 160],
  ['g722', 160],
  ['silk8', 160],
  ['siren14', 120],
  ['siren7', 80],
  ['g726', 80],
  ['adpcm', 80],
  ['ilbc', 38],
  ['gsm', 33],
  ['g723', 20],
]);

/** How many bytes of a format are best sent at once. */
export function frameSize(format: string): number {
  const [, kHz] = /^slin(\d*)$/.exec(format.trim()) ?? [];
  if (kHz === undefined) return SIZES.get(format.trim()) ?? 0;
  // Two bytes a sample; 44 stands for 44.1 kHz.
  return kHz === '44' ? 1764 : Number(kHz || 8) * 40;
}
