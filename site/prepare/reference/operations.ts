import type { ApiModel, Operation, Parameter } from 'ari-codegen';
import { operationsOf, type InBranches } from './branches.ts';
import { anchor, cell, code, table } from './markdown.ts';
import { typeText } from './type-text.ts';

/** The page of every call, with its request and its parameters. */
export function operationsPage(branches: readonly ApiModel[]): string {
  const sections = [...operationsOf(branches)].map(([repository, operations]) =>
    [`## ${repository}`, ...operations.map((operation) => section(repository, operation, branches))].join('\n\n'),
  );
  return [
    '# All operations',
    `Every operation of every branch: the call, the request that it makes, the parameters, what comes back. A parameter with \`?\` may be left out. The same stands in the [reference of the classes](../api/index.md), with types and errors; [which branch has it](operations-by-branch.md) in a table.`,
    ...sections,
    '',
  ].join('\n\n');
}

/** The table of who has which operation, since when. */
export function operationsByBranchPage(branches: readonly ApiModel[]): string {
  const sections = [...operationsOf(branches)].flatMap(([repository, operations]) => [
    `## ${repository}`,
    table(
      ['Operation', ...branches.map(({ major }) => String(major))],
      operations.map((operation) => [
        `[${code(operation.newest.name)}](operations.md#${anchor(`${repository}.${operation.newest.name}`)})`,
        ...branches.map(({ major }) => presence(operation, major)),
      ]),
      ['---', ...branches.map(() => ':-:')],
    ),
  ]);
  return [
    '# Operations by branch',
    `${releases(branches)} Where a branch got an operation later than its first release, the cell says in which one. On an older Asterisk the call fails with \`UnsupportedOperationError\`.`,
    ...sections,
    '',
  ].join('\n\n');
}

/** Which releases the tables are made of. */
export function releases(branches: readonly ApiModel[]): string {
  const names = branches.map(({ release }) => release);
  return `Made of the interface of Asterisk ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`;
}

/** Whether a branch has an operation: `–`, `✓`, or the release that brought it. */
function presence({ newest, of }: InBranches<Operation>, major: number): string {
  if (!of.has(major)) return '–';
  return newest.since.find((release) => release.startsWith(`${major}.`) && !release.endsWith('.0.0')) ?? '✓';
}

function section(repository: string, { newest, of }: InBranches<Operation>, branches: readonly ApiModel[]): string {
  const { name, httpMethod, path, sendPath, summary, parameters, response, since } = newest;
  const own = newest.target?.object;
  const missing = branches.map(({ major }) => major).filter((major) => !of.has(major));
  const facts = [
    `${code(`${httpMethod} ${path}`)}${sendPath === undefined ? '' : `, sent as ${code(`${httpMethod} ${sendPath}`)}`}`,
    `answers with ${response.kind === 'primitive' && response.name === 'void' ? 'nothing' : code(typeText(response))}`,
    own === undefined ? '' : `also a method of ${code(own)}`,
    since.length === 0 ? '' : `since ${since.join(', ')}`,
    missing.length === 0 ? '' : `not in ${missing.join(', ')}`,
  ].filter((fact) => fact !== '');
  return [
    `### ${repository}.${name}`,
    code(call(repository, name, parameters)),
    summary ?? '',
    facts.join(' · '),
    parameterTable(parameters),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function call(repository: string, name: string, parameters: readonly Parameter[]): string {
  const names = parameters.map(({ name: parameter, required }) => (required ? parameter : `${parameter}?`));
  return `client.${repository}.${name}(${names.length === 0 ? '' : `{ ${names.join(', ')} }`})`;
}

function parameterTable(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  return table(
    ['Parameter', 'Type', 'Meaning'],
    parameters.map((parameter) => {
      const { name, required, type, list, description = '', defaultValue } = parameter;
      const meaning =
        defaultValue === undefined ? description : `${description} Default: ${code(String(defaultValue))}.`;
      return [
        code(required ? name : `${name}?`),
        code(list ? `${typeText(type)}, or a list` : typeText(type)),
        cell(meaning),
      ];
    }),
  );
}
