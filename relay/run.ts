import { checkRelay, RelayReplacedError, startRelay, type RelayOptions } from 'asterisk-ari/nats';
import { CommanderError } from 'commander';
import { Drain } from './drain.js';
import type { Environment } from './environment.js';
import { Health } from './health.js';
import type { Logger } from './logger.js';
import { names, renamed, UsageError, type Given, type Name } from './names.js';
import { program } from './program.js';
import type { Flags } from './places.js';
import { readSettings } from './settings.js';

/** What it ends with if another relay has taken its place: it is not to be started again. */
const replaced = 3;

/**
 * Runs the program until it is told to end, and gives its exit code: 0 ended as told, 1 failed, 2 called wrongly, 3 another
 * relay has taken its place.
 */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  let flags: Flags = {};
  try {
    await program((given) => (flags = given)).parseAsync(args, { from: 'user' });
    return await relay(flags, environment);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`ari-relay: ${message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** What is said of an option of `startRelay`, by the name that it was given here. */
function inOwnWords(error: unknown, called: Given['called']): unknown {
  if ((error as Error).name !== 'AriValidationError') return error;
  const { message } = error as Error;
  const [start = '', option = ''] = /^startRelay: option '([^']+)'/.exec(message) ?? [];
  const name = renamed.get(option) ?? (Object.hasOwn(names, option) ? (option as Name) : undefined);
  return new UsageError(name === undefined ? message : called(name) + message.slice(start.length));
}

async function relay(flags: Flags, environment: Environment): Promise<number> {
  const write = (line: string): void => void process.stderr.write(line);
  const { options, health: place, drainMs, logger, called } = readSettings(flags, environment, write);
  checkAll({ ...options, logger }, called);
  let drain: Drain | undefined;
  const stop = onSignal((signal) => (drain === undefined ? leave(signal, logger) : void drain.told(signal)));
  // First, so that an address that can't be had takes no call away from another relay.
  await using health = place && (await Health.serve(place, called));
  await using running = await startRelay({ ...options, logger });
  if (health !== undefined) health.relay = running;
  drain = new Drain(running, drainMs, (message) => logger.info(message));
  logger.info(`relay for ${running.status.node} (${running.status.apps.join(', ')}) is up`);
  const error = await running.closed;
  stop();
  await running.close();
  if (error !== undefined) logger.error(`the relay has ended: ${error.message}`);
  return error === undefined ? 0 : error instanceof RelayReplacedError ? replaced : 1;
}

/** Before anything is contacted, or an address taken. @throws {UsageError} for a wrong option */
function checkAll(options: RelayOptions, called: Given['called']): void {
  try {
    checkRelay(options);
  } catch (error) {
    throw inOwnWords(error, called);
  }
}

/** Returns what ends that. */
function onSignal(told: (signal: NodeJS.Signals) => void): () => void {
  process.on('SIGTERM', told).on('SIGINT', told);
  return () => process.off('SIGTERM', told).off('SIGINT', told);
}

/** Before the relay is up there is no call to wait for, and nothing that the end of the process does not close. */
function leave(signal: NodeJS.Signals, logger: Logger): never {
  logger.info(`${signal} before the relay was up: it ends`);
  process.exit(0);
}
