/**
 * Writes docs/options.md: every option of every public function, as the types and their documentation have it. With `--check` it only says whether the page is up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  Node,
  Project,
  SyntaxKind,
  type InterfaceDeclaration,
  type Symbol as TypeSymbol,
  type TypeAliasDeclaration,
} from 'ts-morph';

const page = 'docs/options.md';

const entries: readonly (readonly [title: string, file: string])[] = [
  ['`connect` and clients', 'src/runtime.ts'],
  ['`asterisk-ari/flows`', 'src/flows/index.ts'],
  ['`asterisk-ari/outbound`', 'src/outbound/index.ts'],
  ['`asterisk-ari/nats`', 'src/nats/index.ts'],
  ['`asterisk-ari/media`', 'src/media/index.ts'],
  ['`asterisk-ari/trace`', 'src/trace/index.ts'],
  ['`asterisk-ari/testing`', 'src/testing/index.ts'],
];

/** Types whose fields are options. */
const optionTypes = /(?:Options|Access|Tls|Credentials|DialTarget|Warning)$/;

/** What has no options but those of others. */
const left = new Set(['ClientOptions', 'TransferOptions', 'BargeOptions']);

type Declaration = InterfaceDeclaration | TypeAliasDeclaration;

const beginning = `# Options

Every option, with its default, as the types have it; \`npx tsx scripts/options-page.ts\` writes this page, and a test fails
where it is not up to date. Times are milliseconds. An option that does not exist is refused by an \`AriValidationError\`
that names those that do; so is a value that is not allowed. What the steps of a call do is in [flows](flows.md). \`ClientOptions\`, of \`new AriClient\`, are
\`Credentials\` and \`ConnectOptions\` without \`signal\`. The
program \`ari-relay\` lists its own with \`ari-relay --help\`.
`;

const project = new Project({ tsConfigFilePath: 'tsconfig.json', skipAddingFilesFromTsConfig: true });
const text = [beginning, ...entries.map(([title, file]) => section(title, file))].join('\n');
// The formatter gives tables their widths.
const bare = (words: string): string => words.replaceAll(/[ -]+/g, ' ');
const isCurrent = bare(readFileSync(page, { encoding: 'utf8', flag: 'a+' })) === bare(text);
if (process.argv[2] !== '--check') {
  writeFileSync(page, text);
} else if (!isCurrent) {
  console.error(`${page} is not up to date: npx tsx scripts/options-page.ts`);
  process.exitCode = 1;
}

function section(title: string, file: string): string {
  const source = project.addSourceFileAtPath(file);
  project.resolveSourceFileDependencies();
  const tables = [...source.getExportedDeclarations().values()]
    .flatMap((declarations) => declarations.filter(isDeclaration))
    .filter((each) => optionTypes.test(each.getName()) && !left.has(each.getName()))
    .sort((a, b) => a.getName().localeCompare(b.getName()))
    .map(table);
  return `## ${title}\n\n${tables.join('\n')}`;
}

function isDeclaration(node: Node): node is Declaration {
  return Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node);
}

function table(declaration: Declaration): string {
  const rows = declaration.getType().getProperties().map(row);
  const head = '| option | type | default | meaning |\n| --- | --- | --- | --- |';
  return `### \`${declaration.getName()}\`\n\n${oneLine(descriptionOf(declaration))}\n\n${head}\n${rows.join('\n')}\n`;
}

function row(property: TypeSymbol): string {
  const [declaration] = property.getDeclarations();
  const type = declaration?.getFirstChildByKind(SyntaxKind.QuestionToken) ? '' : 'required';
  const [byDefault = type || '–'] = property
    .getJsDocTags()
    .filter((tag) => tag.getName() === 'default')
    .map((tag) =>
      tag
        .getText()
        .map(({ text: words }) => words)
        .join(''),
    );
  const typeText = Node.isPropertySignature(declaration) ? (declaration.getTypeNode()?.getText() ?? '') : '';
  const shown = oneLine(typeText.replace(/ \| undefined$/, ''));
  const meaning =
    declaration?.getSourceFile().isInNodeModules() === true ? "as in Node's own documentation" : wordsOf(property);
  const cell = (words: string): string => oneLine(words).replaceAll('|', '\\|');
  return `| \`${property.getName()}\` | \`${cell(shown)}\` | ${cell(byDefault)} | ${cell(meaning)} |`;
}

function wordsOf(property: TypeSymbol): string {
  return property.compilerSymbol
    .getDocumentationComment(undefined)
    .map(({ text: words }) => words)
    .join('');
}

function descriptionOf(declaration: Declaration): string {
  return declaration
    .getJsDocs()
    .map((doc) => doc.getDescription())
    .join(' ');
}

function oneLine(words: string): string {
  return words
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\{@link ([\w.]+)\s*\}/g, '`$1`')
    .trim();
}
