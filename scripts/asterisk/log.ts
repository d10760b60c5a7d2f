/** Receives the lines that tell what is going on. */
export type Log = (line: string) => void;

/** Standard output belongs to the answer, so progress goes to standard error. */
export const logToStderr: Log = (line) => {
  process.stderr.write(`${line}\n`);
};
