import { startRelay, type Relay } from 'asterisk-ari/nats';
import { CommanderError } from 'commander';
import { serveHealth } from './health.js';
import { jsonLogger } from './logger.js';
import { UsageError } from './names.js';
import { program } from './program.js';
import { readSettings, type Flags } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the program until it is told to end, and gives its exit code: 0 ended as told, 1 failed, 2 called wrongly. */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  let flags: Flags = {};
  try {
    await program((given) => (flags = given)).parseAsync(args, { from: 'user' });
    return await relay(flags, environment);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`ari-relay: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError || (error as Error).name === 'AriValidationError' ? 2 : 1;
  }
}

async function relay(flags: Flags, environment: Environment): Promise<number> {
  const { options, health, drainMs, logLevel } = readSettings(flags, environment);
  const logger = jsonLogger(logLevel, (line) => process.stderr.write(line));
  await using running = await startRelay({ ...options, logger });
  await using _health = health && (await serveHealth(running, health));
  logger.info(`relay for ${running.status.node} (${running.status.apps.join(', ')}) is up`);
  const stop = ending(running, drainMs, (message) => logger.info(message));
  const error = await running.closed;
  stop();
  await running.close();
  if (error !== undefined) logger.error(`the relay has ended: ${error.message}`);
  return error === undefined ? 0 : 1;
}

/** The first signal has it drain, another one close at once. Returns what ends that. */
function ending(running: Relay, drainMs: number, say: (message: string) => void): () => void {
  let isDraining = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    say(isDraining ? `${signal} again: closing` : `${signal}: draining for ${drainMs} ms at most`);
    void (isDraining ? running.close() : running.drain({ timeoutMs: drainMs }));
    isDraining = true;
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  return () => process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
}
