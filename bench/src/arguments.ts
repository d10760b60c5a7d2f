import { parseArgs } from 'node:util';

/** What the bench is asked for. */
export interface Arguments {
  /** Names of parts. */
  readonly wanted: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
}

/** Reads the command line; what is wrong with it is said in a line, and ends the process with 2. */
export function readArguments(known: readonly string[]): Arguments {
  const { values, positionals } = parsed();
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    refuse(`no such part: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  }
  const rounds = Number(values.rounds ?? (values.quick ? 3 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) {
    refuse(`--rounds must be a whole number from 1, not ${values.rounds}`);
  }
  return { wanted: positionals.length === 0 ? known : positionals, rounds, quick: values.quick };
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { rounds: { type: 'string' }, quick: { type: 'boolean', default: false } },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(why: string): never {
  console.error(`bench: ${why}`);
  process.exit(2);
}
