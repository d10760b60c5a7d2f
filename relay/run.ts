import { startRelay } from 'asterisk-ari/nats';
import { CommanderError } from 'commander';
import { Drain } from './drain.js';
import type { Environment } from './environment.js';
import { Health } from './health.js';
import { jsonLogger } from './logger.js';
import { UsageError } from './names.js';
import { program } from './program.js';
import { readSettings, type Flags } from './settings.js';

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
  const { options, health: place, drainMs, logLevel } = readSettings(flags, environment);
  const logger = jsonLogger(logLevel, (line) => process.stderr.write(line));
  // First, so that an address that can't be had takes no call away from another relay.
  await using health = place && (await Health.serve(place));
  await using running = await startRelay({ ...options, logger });
  if (health !== undefined) health.relay = running;
  const stop = endOnSignal(new Drain(running, drainMs, (message) => logger.info(message)));
  logger.info(`relay for ${running.status.node} (${running.status.apps.join(', ')}) is up`);
  const error = await running.closed;
  stop();
  await running.close();
  if (error !== undefined) logger.error(`the relay has ended: ${error.message}`);
  return error === undefined ? 0 : 1;
}

/** Returns what ends that. */
function endOnSignal(drain: Drain): () => void {
  const onSignal = (signal: NodeJS.Signals): void => void drain.told(signal);
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  return () => process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
}
