/** A block of code in a Markdown text. */
export interface Fence {
  readonly file: string;
  /** Line of its opening, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What it needs but a reader does not, in a comment right before it: `<!-- ts: declare const client: AriClient; -->`. */
  readonly preamble: string;
  /** Why it is not run, in a comment right before it: `<!-- not run: needs NATS -->`. */
  readonly notRun: string | undefined;
}

const pattern =
  /(?:<!-- ts: (?<preamble>(?:(?!-->).)*) -->\s*)?(?:<!-- not run: (?<notRun>(?:(?!-->).)*) -->\s*)?^ *```(?<language>ts|sh)\n(?<code>.*?)^ *```$/gms;

/** The blocks of TypeScript and of commands. */
export function fencesOf(file: string, text: string): Fence[] {
  return [...text.matchAll(pattern)].map(({ 0: whole, index, groups = {} }) => {
    const { preamble = '', notRun, language = '', code = '' } = groups;
    const line = text.slice(0, index + whole.indexOf('```')).split('\n').length;
    return { file, line, language, code, preamble: preamble.replaceAll('\n', ' '), notRun };
  });
}

/** It as a module, at the lines that it has in the text. */
export function moduleOf({ line, preamble, code }: Fence): string {
  return `${'\n'.repeat(line - 1)}${preamble}\n${code}export {};\n`;
}
