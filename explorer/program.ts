import { createRequire } from 'node:module';
import { Command } from 'commander';
import type { Flags } from './settings.js';

const { version } = createRequire(import.meta.url)('ari-explorer/package.json') as { readonly version: string };

const MORE = `
The password is taken from ARI_PASSWORD, or from --password-file, or asked for: other processes see a command line. The
page never gets it. --url, --username and --apps may stand in ARI_URL, ARI_USERNAME and ARI_APPS.

The page hears everything that happens in Asterisk as an application of its own. With --apps it is those applications
instead, and gets their calls; one that somebody else is connected for is left to them unless --take-over is given.

Examples:
  ari-explorer --demo
  ARI_PASSWORD=… ari-explorer --url http://localhost:8088 --username ari --read-only
  ari-explorer --url http://pbx:8088 --username ari --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem

Exit codes: 0 ended as told, 1 failed, 2 called wrongly.`;

/** The program's options; `take` is given what was said. */
export function program(take: (flags: Flags) => void): Command {
  return new Command('ari-explorer')
    .description('Shows what goes on between Asterisk and its applications, on a page of this machine.')
    .option('--url <url>', "address of Asterisk's HTTP server, with the prefix of http.conf")
    .option('--username <name>', 'ARI user')
    .option('--password-file <file>', "a file that holds the user's password")
    .option('--demo', 'no Asterisk: a double of one, with calls that go on')
    .option('--read-only', 'the page can look, and send nothing but GET')
    .option('--apps <names>', 'Stasis applications to be, separated by commas (default: one of its own)')
    .option('--take-over', 'be an application that somebody else is connected for, too: they are cut off')
    .option('--keep <entries>', 'how many entries are kept (default: 20000)')
    .option('--port <port>', 'port of the page; 0 for a free one (default: 8090)')
    .option('--host <address>', 'address of the page (default: 127.0.0.1)')
    .option(
      '--allow-host <names>',
      'names besides that address by which browsers may ask for it, NAME or NAME:PORT, separated by commas',
    )
    .option('--tls-cert <file>', 'certificate of the page')
    .option('--tls-key <file>', 'its key')
    .option('--insecure', 'without TLS even where others can listen')
    .version(version, '--version', 'print the version of this program')
    .addHelpText('after', MORE)
    .exitOverride()
    .action((flags: Flags) => take(flags));
}
