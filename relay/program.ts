import { createRequire } from 'node:module';
import { Command } from 'commander';
import type { Flags } from './settings.js';

const { version } = createRequire(import.meta.url)('ari-relay/package.json') as { readonly version: string };

const MORE = `
Every option may stand in the environment instead (ARI_URL, ARI_USERNAME, ARI_PASSWORD, ARI_APPS, NATS_URL, …; the name
is printed when one is missing), or in the JSON file that --config names, under its name without dashes: natsUser.
Passwords belong in the environment or in files: other processes see a command line.

SIGTERM and SIGINT have it drain: it waits until the last call has left its applications. Another one ends it at once.

Examples:
  ARI_PASSWORD=… ari-relay --url http://localhost:8088 --username ari --apps ivr --nats nats://nats.example.com:4222
  ari-relay --config /etc/ari-relay.json --password-file /run/secrets/ari --health-port 8090

Exit codes: 0 ended as told, 1 failed, 2 called wrongly.`;

/** The program's options; `take` is given what was said. */
export function program(take: (flags: Flags) => void): Command {
  return new Command('ari-relay')
    .description('Passes calls, events and requests on between one Asterisk and NATS.')
    .option('--url <url>', "address of Asterisk's HTTP server, with the prefix of http.conf")
    .option('--username <name>', 'ARI user')
    .option('--password <password>', "the user's password; better in ARI_PASSWORD")
    .option('--password-file <file>', 'a file that holds it')
    .option('--ca <file>', "certificate of the authority that Asterisk's own is signed by, for https:")
    .option('--cert <file>', 'certificate to show to who asks for one')
    .option('--key <file>', 'its key')
    .option('--apps <names>', 'Stasis applications, separated by commas')
    .option('--subscribe-all', 'have Asterisk send the events of everything')
    .option('--nats <urls>', 'addresses of NATS servers, separated by commas')
    .option('--nats-user <name>', 'user of NATS')
    .option('--nats-password <password>', 'his password; better in NATS_PASSWORD')
    .option('--nats-token <token>', 'a token instead; better in NATS_TOKEN')
    .option('--nats-credentials <file>', "a file of credentials (JWT and key), as NATS' own tools write it")
    .option('--nats-ca <file>', 'certificate of the authority that NATS is signed by')
    .option('--nats-cert <file>', 'certificate to show to NATS')
    .option('--nats-key <file>', 'its key')
    .option('--prefix <words>', "first words of all subjects (default: 'ari')")
    .option('--unclaimed <rule>', 'what becomes of a call that no worker takes: hangup, continue or leave')
    .option('--offer-for <seconds>', 'how long a call is offered (default: 10)')
    .option('--offer-timeout <seconds>', 'how long a worker has to say whether it takes a call (default: 1)')
    .option('--worker-check <seconds>', 'how often workers are asked whether they are there (default: 2)')
    .option('--announce <seconds>', 'how often the relay announces itself (default: 10)')
    .option('--px', 'be an ari-proxy besides, for its clients')
    .option('--health-port <port>', 'serve GET /health at this port')
    .option('--health-host <address>', 'at this address (default: 127.0.0.1)')
    .option('--drain <seconds>', 'how long calls may take when it ends (default: 30)')
    .option('--log-level <level>', 'error, warn, info or debug (default: info)')
    .option('--config <file>', 'a JSON file with these options')
    .version(version, '--version', 'print the version of this program')
    .addHelpText('after', MORE)
    .exitOverride()
    .action((flags: Flags) => take(flags));
}
