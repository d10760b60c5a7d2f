import { CommanderError } from 'commander';
import { askPassword } from './ask-password.js';
import { explore } from './explore.js';
import { program } from './program.js';
import { readSettings, UsageError, type Flags } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the program until it is told to end, and gives its exit code: 0 ended as told, 1 failed, 2 called wrongly. */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  let flags: Flags = {};
  try {
    await program((given) => (flags = given)).parseAsync(args, { from: 'user' });
    const { access, ...settings } = readSettings(flags, environment);
    const password = access && (access.password ?? (await askPassword(access.username)));
    const say = (line: string): boolean => process.stdout.write(`${line}\n`);
    await using explorer = await explore(
      { ...settings, access: access && { ...access, password: password ?? '' } },
      say,
    );
    return await ending(explorer.over);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`ari-explorer: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError || (error as Error).name === 'AriValidationError' ? 2 : 1;
  }
}

/** Waits for a signal, or until Asterisk's connection is over for good. */
async function ending(over: Promise<Error | undefined>): Promise<number> {
  let onSignal = (): void => {};
  const told = new Promise<'told'>((resolve) => (onSignal = () => resolve('told')));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const end = await Promise.race([told, over]);
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  if (end === 'told') return 0;
  process.stderr.write(
    `ari-explorer: ${end?.message ?? 'the connection to Asterisk was taken over by somebody else'}\n`,
  );
  return 1;
}
