/** Digits and signs that have sounds of their own, as a telephone's keys. */
const KEYS = new Map(
  Object.entries({ '*': 'digits/star', '#': 'digits/pound', '-': 'digits/minus' }).concat(
    [...'0123456789'].map((digit) => [digit, `digits/${digit}`]),
  ),
);

const SIGNS = new Map(
  Object.entries({
    '!': 'exclaimation-point',
    '@': 'at',
    $: 'dollar',
    '+': 'plus',
    '=': 'equals',
    '.': 'dot',
    ' ': 'space',
    '/': 'slash',
    '-': 'dash',
  }),
);

/** The sounds of a text that is read key by key; what is no key is passed over. */
export function digitSounds(text: string): string[] {
  return [...text].flatMap((key) => KEYS.get(key) ?? []);
}

/** The sounds of a text that is read letter by letter. */
export function characterSounds(text: string): string[] {
  return [...text.toLowerCase()].map((character) => {
    if (/[0-9*#]/.test(character)) return KEYS.get(character) ?? '';
    return `letters/${SIGNS.get(character) ?? character}`;
  });
}

/** The sounds of a number as it is said in English: `digits/1`, `digits/thousand` … */
export function numberSounds(value: number): string[] {
  if (value < 0) return ['digits/minus', ...numberSounds(-value)];
  if (value === 0) return ['digits/0'];
  const sounds: string[] = [];
  let rest = value;
  for (const [unit, name] of UNITS) {
    if (rest < unit) continue;
    sounds.push(...numberSounds(Math.floor(rest / unit)), `digits/${name}`);
    rest %= unit;
  }
  if (rest >= 20) {
    sounds.push(`digits/${rest - (rest % 10)}`);
    rest %= 10;
  }
  return rest > 0 ? [...sounds, `digits/${rest}`] : sounds;
}

const UNITS = [
  [1_000_000_000, 'billion'],
  [1_000_000, 'million'],
  [1000, 'thousand'],
  [100, 'hundred'],
] as const;
