import { createRequire } from 'node:module';
import { Command } from 'commander';
import { flagOf, names, type Name } from './names.js';
import type { Flags } from './places.js';

const { version } = createRequire(import.meta.url)('ari-relay/package.json') as { readonly version: string };

const MORE = `
Every option may stand in the environment instead, under the name in brackets, or in the JSON file that --config names,
under its name without dashes: natsUser. The command line counts first, then the environment, then the file.
Passwords belong in the environment or in files: other processes see a command line.

SIGTERM and SIGINT have it drain: it waits until the last call has left its applications. Another one ends it at once, and
so does one before it is up.

Examples:
  ARI_PASSWORD=… ari-relay --url http://localhost:8088 --username ari --apps ivr --nats nats://nats.example.com:4222
  ari-relay --config /etc/ari-relay.json --password-file /run/secrets/ari --health-port 8090

Exit codes: 0 ended as told, 1 failed, 2 called wrongly, 3 another relay has taken its place: do not start it again.`;

/** Each option: what its value is, and what it means; without a value it is there or not. */
const options: Readonly<Record<Name, readonly [value: string, meaning: string]>> = {
  url: ['<url>', "address of Asterisk's HTTP server, with the prefix of http.conf"],
  username: ['<name>', 'ARI user'],
  password: ['<password>', "the user's password; better in the environment"],
  passwordFile: ['<file>', 'a file that holds it'],
  ca: ['<file>', "certificate of the authority that Asterisk's own is signed by, for https:"],
  cert: ['<file>', 'certificate to show to who asks for one'],
  key: ['<file>', 'its key'],
  apps: ['<names>', 'Stasis applications, separated by commas'],
  subscribeAll: ['', 'have Asterisk send the events of everything'],
  nats: ['<urls>', 'addresses of NATS servers, separated by commas'],
  natsUser: ['<name>', 'user of NATS'],
  natsPassword: ['<password>', 'his password; better in the environment'],
  natsToken: ['<token>', 'a token instead; better in the environment'],
  natsCredentials: ['<file>', "a file of credentials (JWT and key), as NATS' own tools write it"],
  natsCa: ['<file>', 'certificate of the authority that NATS is signed by'],
  natsCert: ['<file>', 'certificate to show to NATS'],
  natsKey: ['<file>', 'its key'],
  place: ['<name>', 'where relay and Asterisk stand, such as the name of a pod: see docs/nats.md'],
  prefix: ['<words>', "first words of all subjects (default: 'ari')"],
  unclaimed: ['<rule>', 'what becomes of a call that no worker takes: hangup, continue or leave'],
  offerFor: ['<seconds>', 'how long a call is offered (default: 10)'],
  offerTimeout: ['<seconds>', 'how long a worker has to say whether it takes a call (default: 1)'],
  workerCheck: ['<seconds>', 'how often workers are asked whether they are there (default: 2)'],
  announce: ['<seconds>', 'how often the relay announces itself (default: 10)'],
  px: ['', 'be an ari-proxy besides, for its clients'],
  healthPort: ['<port>', 'serve GET /health at this port'],
  healthHost: ['<address>', 'at this address (default: 127.0.0.1)'],
  drain: ['<seconds>', 'how long calls may take when it ends (default: 30)'],
  logLevel: ['<level>', 'error, warn, info or debug (default: info)'],
};

/** An option that was mistyped may be one for a password: what was given with it is not told. */
function withoutValue(text: string): string {
  return text.replace(/(unknown option '(?:--[^=]*?(?==)|-[^-]))[^]*'/, "$1'");
}

/** The program's options; `take` is given what was said. */
export function program(take: (flags: Flags) => void): Command {
  const command = new Command('ari-relay')
    .description('Passes calls, events and requests on between one Asterisk and NATS.')
    .version(version, '--version', 'print the version of this program')
    .addHelpText('after', MORE)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(withoutValue(text)) })
    .action((flags: Flags) => take(flags));
  for (const [name, [value, meaning]] of Object.entries(options)) {
    command.option(`${flagOf(name as Name)} ${value}`.trim(), `${meaning} [${names[name as Name]}]`);
  }
  return command.option('--config <file>', 'a JSON file with these options');
}
