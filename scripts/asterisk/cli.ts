import { parseArgs } from 'node:util';

import { knownAsterisks, killAsterisk, restartAsterisk, startAsterisk, stopAsterisk } from './index.js';
import { isRelease, type Release } from './release.js';
import type { RunningAsterisk } from './running.js';

const USAGE = `Usage: tsx scripts/asterisk/cli.ts <command>

  start [22|16]         start an Asterisk, or find it running, and print its URL, user and password
      --json            print one line of JSON: URL, users, version, log file, process id
      --port <number>   the HTTP port
      --prefix <word>   a first segment for every path, as http.conf's prefix
  stop [22|16|all]      end it in an orderly way
  kill [22|16]          end it as a crash would
  restart [22|16]       start it again on the same address (also --json)
  status                list what was started and not stopped

  --name <name>         which of several Asterisks of one release is meant

With ARI_URL, ARI_USERNAME and ARI_PASSWORD set, start uses that Asterisk and starts nothing.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    name: { type: 'string' },
    port: { type: 'string' },
    prefix: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const [command, target = '22'] = positionals;
  const choice = { name: values.name };
  switch (command ?? 'help') {
    case 'start':
      return print(await startAsterisk(release(target), { ...choice, port: port(), prefix: values.prefix }));
    case 'stop':
      return target === 'all' ? stopAll() : stopAsterisk(release(target), choice);
    case 'kill':
      return killAsterisk(release(target), choice);
    case 'restart':
      return print(await restartAsterisk(release(target), choice));
    case 'status':
      return printStatus();
    default:
      process.stderr.write(USAGE);
      process.exitCode = values.help ? 0 : 1;
  }
}

function release(text: string): Release {
  if (!isRelease(text)) throw new Error(`The testbed has no Asterisk ${text}, only 22 and 16.`);
  return text;
}

function port(): number | undefined {
  if (values.port === undefined) return undefined;
  const number = Number(values.port);
  if (!Number.isInteger(number) || number < 1 || number > 65535) throw new Error(`This is not a port: ${values.port}`);
  return number;
}

/** As the variables that everything here takes; the password of an Asterisk that is not ours is left where it is. */
function print({ url, username, password, readOnly, version, log, pid }: RunningAsterisk): void {
  const ours = pid === undefined ? '' : `\nARI_PASSWORD=${password}`;
  const text = values.json
    ? JSON.stringify({ url, username, password, readOnly, version, log, pid })
    : `ARI_URL=${url}\nARI_USERNAME=${username}${ours}`;
  process.stdout.write(`${text}\n`);
}

async function stopAll(): Promise<void> {
  for (const { release, name } of await knownAsterisks()) {
    await stopAsterisk(release, { name });
  }
}

async function printStatus(): Promise<void> {
  for (const { release, name, url, pid } of await knownAsterisks()) {
    const state = pid === undefined ? 'not running' : `running as process ${pid}`;
    process.stdout.write(`${release} ${name} ${url} ${state}\n`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
