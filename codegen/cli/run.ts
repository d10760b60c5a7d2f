import { CommanderError } from 'commander';
import { CodegenError } from '../errors.js';
import { visibleLines } from '../visible.js';
import { program } from './program.js';
import type { Io } from './types.js';
import { UsageError } from './usage-error.js';

/** Runs the program and gives its exit code: 0 done, 1 failed, 2 called wrongly. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  try {
    await program(io, (result) => (code = result)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // commander has printed its own messages already, help included
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // the line of progress, if there is one, makes room
    const start = io.interactive ? '\r\x1b[K' : '';
    io.error(`${start}ari-codegen: ${visibleLines(messageOf(error))}\n`);
    if (args.includes('--json')) io.out(visibleLines(`${JSON.stringify({ error: errorData(error) }, null, 2)}\n`));
    return error instanceof UsageError ? 2 : 1;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const understood = error instanceof CodegenError || error instanceof UsageError || 'syscall' in error;
  return understood ? error.message : (error.stack ?? error.message);
}

function errorData(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof CodegenError
    ? { message, file: error.file, at: error.at, allowed: error.allowed }
    : { message };
}
