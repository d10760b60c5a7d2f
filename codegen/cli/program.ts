import { createRequire } from 'node:module';
import { Command, InvalidArgumentError, Option } from 'commander';
import { diffCommand, generateCommand, initCommand, openapiCommand } from './commands.js';
import type { GenerateFlags, InitFlags, Io } from './types.js';

/** Of this package, wherever in it this module is. */
const { version } = createRequire(import.meta.url)('ari-codegen/package.json') as { readonly version: string };

const EXAMPLES = `
Examples:
  ari-codegen --asterisk-version 20
  ari-codegen --api-docs asterisk-18.26.4/rest-api --out src/ari
  ARI_PASSWORD=… ari-codegen --url https://pbx.example.com/asterisk --username ari
  ari-codegen --asterisk-version 22 --check
  ari-codegen diff 20 22
  ari-codegen openapi 22 > ari.json
  ari-codegen init hello

The release of --api-docs is the one that --release says, else that of the folder's release.json (the bundled documents
have one), else the branch that apiVersion in resources.json belongs to: 10.0.0 is some release of 22.

A name that TypeScript or the SDK has already gets an underscore: the operation 'delete' is the method delete() and the
constant delete_, a model called Promise is the type Promise_. Events keep their names, which they travel under.

Exit codes: 0 done, 1 failed or --check found differences, 2 called wrongly.`;

/** The program's commands and options; `done` takes the exit code. */
export function program(io: Io, done: (code: number) => void): Command {
  const command = new Command('ari-codegen')
    .description('Generates typed bindings of the Asterisk REST Interface from its api-docs.')
    .option('--asterisk-version <version>', 'a bundled branch (see --list)')
    .option('--api-docs <dir>', "a folder with Asterisk's own documents, of release 12 or later")
    .option('--url <url>', 'a running Asterisk, its path prefix included')
    .option('--username <name>', 'ARI user of that server (or ARI_USERNAME)')
    .option('--password <password>', "the user's password; better in ARI_PASSWORD, where no other process sees it")
    .option('--release <release>', 'the release that the documents are of, where they do not say')
    .option('--timeout <seconds>', 'how long the server may take for a document (default: 10)', positive)
    .option('--out <dir>', 'where the bindings go (default: generated/v<major>)')
    .addOption(
      new Option(
        '--import-extension <ending>',
        "what the files call one another; '.ts' is for Node, which runs them as is",
      )
        .choices(['.js', '.ts'])
        .default('.js'),
    )
    .option('--check', 'write nothing; list files that are stale, missing or extra, and exit with 1 if there are any')
    .option('--list', 'list the bundled branches')
    .option('--quiet', 'print errors only')
    .option('--json', 'print the result as JSON')
    .version(version, '--version', 'print the version of this program')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: GenerateFlags) => done(await generateCommand(flags, io)));

  command
    .command('diff')
    .description('prints what changed between two releases')
    .argument('<from>', "a bundled branch, or a folder of documents (one with a number for a name as './22')")
    .argument('<to>', 'the same')
    .option('--json', 'print the differences as JSON')
    .action(async (from: string, to: string, _own: unknown, own: Command) =>
      // --json is an option of the program as well, which is the one that takes it
      done(await diffCommand(from, to, own.optsWithGlobals<{ json?: true }>(), io)),
    );

  command
    .command('openapi')
    .description('prints the interface of a release as an OpenAPI 3.1 document')
    .argument('<release>', "a bundled branch, or a folder of documents (one with a number for a name as './22')")
    .action(async (of: string) => done(await openapiCommand(of, io)));

  command
    .command('init')
    .description('makes a new project: the hello application, a demonstration without an Asterisk, and a test')
    .argument('[folder]', 'where; files that are there stay as they are', '.')
    .option('--sdk <archive>', 'the asterisk-ari of the project: a packed archive, a folder, or a version for npm')
    .option('--quiet', 'print errors only')
    .option('--json', 'print the files as JSON')
    .action((folder: string, _own: unknown, own: Command) =>
      done(initCommand(folder, own.optsWithGlobals<InitFlags>(), io)),
    );

  for (const each of [command, ...command.commands]) {
    each.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.error });
  }
  return command;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('A number of seconds up to 3600 is needed.');
  return value;
}
