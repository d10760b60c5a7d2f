import { CommanderError } from 'commander';
import { askPassword } from './ask-password.js';
import { explore } from './explore.js';
import { program } from './program.js';
import { checkAccess } from './asterisk/connect.js';
import { ending } from './ending.js';
import { readSettings, type Flags } from './settings.js';
import { UsageError } from './usage-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the program until it is told to end, and gives its exit code: 0 ended as told, 1 failed, 2 called wrongly. */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  let flags: Flags = {};
  try {
    await program((given) => (flags = given)).parseAsync(args, { from: 'user' });
    const { access, ...settings } = readSettings(flags, environment);
    // Nobody should type a password for nothing.
    if (access) checkAccess(access);
    const password = access && (access.password ?? (await askPassword(access.username)));
    // Who reads what is printed may be gone (`| head -1`); the page is there all the same.
    process.stdout.on('error', () => {});
    const say = (line: string): boolean => process.stdout.write(`${line}\n`);
    await using explorer = await explore(
      { ...settings, access: access && { ...access, password: password ?? '' } },
      say,
    );
    const end = await ending(explorer.over);
    if (end.code === 0) say(end.reason);
    else process.stderr.write(`ari-explorer: ${end.reason}\n`);
    return end.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`ari-explorer: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError || (error as Error).name === 'AriValidationError' ? 2 : 1;
  }
}
