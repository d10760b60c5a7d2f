import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ts } from 'ts-morph';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The TypeScript files below a folder of the project. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, folder, file));
}

/** A declaration with a comment, as its source has it. */
export interface Commented {
  readonly file: string;
  readonly name: string;
  /** Of the name. */
  readonly position: number;
  /** The comment, without its stars. */
  readonly comment: string;
}

/** Where a file names something. */
type Named = Omit<Commented, 'comment'>;

/** The properties of the objects that a file gives to calls. */
export function given(file: string): Named[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Named[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) found.push({ file, name: node.name.getText(), position: node.name.getStart() });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Everything in a file that has a name and a comment: classes, methods, accessors, properties, functions. */
export function commented(file: string): Commented[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Commented[] = [];
  const visit = (node: ts.Node): void => {
    const name = (node as ts.NamedDeclaration).name;
    const comment = ts.getJSDocCommentsAndTags(node).find((each) => ts.isJSDoc(each));
    if (name !== undefined && comment !== undefined && comment.parent === node) {
      found.push({ file, name: name.getText(), position: name.getStart(), comment: plain(comment.getText()) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The members of the interfaces and classes of these names in a file, and its functions of these names, that no comment is of. */
export function uncommented(file: string, names: readonly string[]): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const isTold = (node: ts.Node): boolean => ts.getJSDocCommentsAndTags(node).some((each) => ts.isJSDoc(each));
  const isHidden = (member: ts.ClassElement | ts.TypeElement): boolean =>
    member.name === undefined || ts.isPrivateIdentifier(member.name);
  return source.statements.flatMap((statement) => {
    const name = (statement as ts.Node as ts.NamedDeclaration).name?.getText() ?? '';
    if (!names.includes(name)) return [];
    if (ts.isFunctionDeclaration(statement)) {
      return statement.body !== undefined || isTold(statement) ? [] : [name];
    }
    const isType = ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement);
    const members: readonly (ts.ClassElement | ts.TypeElement)[] = isType ? statement.members : [];
    return members
      .filter((member) => !isHidden(member) && !isTold(member))
      .map((member) => `${name}.${member.name?.getText() ?? ''}`);
  });
}

function plain(comment: string): string {
  return comment.replace(/^\/\*\*|\*\/$/g, '').replace(/^\s*\* ?/gm, '');
}

/** The JavaScript language service: what editors ask with TypeScript up to 6. */
export class LanguageService {
  readonly #service: ts.LanguageService;

  constructor(files: readonly string[]) {
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: [],
      paths: { 'asterisk-ari/runtime': [join(root, 'src/runtime.ts')] },
    };
    this.#service = ts.createLanguageService({
      getScriptFileNames: () => [...files],
      getScriptVersion: () => '1',
      getScriptSnapshot: (file) =>
        ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, 'utf8')) : undefined,
      getCurrentDirectory: () => root,
      getCompilationSettings: () => options,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    });
  }

  /** The hover as one text: documentation, then each tag as `@name text`. */
  hover({ file, position }: Named): string {
    const info = this.#service.getQuickInfoAtPosition(file, position);
    const tags = (info?.tags ?? []).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`);
    return [ts.displayPartsToString(info?.documentation), ...tags].join('\n');
  }

  /** The names that are offered at a position. */
  completions(file: string, position: number): string[] {
    return (this.#service.getCompletionsAtPosition(file, position, {})?.entries ?? []).map(({ name }) => name);
  }
}

/** The language server of TypeScript 7. */
export class LanguageServer implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, (result: unknown) => void>();
  #buffer = Buffer.alloc(0);
  #count = 0;

  private constructor() {
    const server = join(root, 'node_modules/typescript/bin/tsc');
    this.#process = spawn(process.execPath, [server, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer();
    const capabilities = { textDocument: { hover: { contentFormat: ['markdown'] } } };
    await server.#ask('initialize', { processId: null, rootUri: pathToFileURL(root).href, capabilities });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  open(file: string): void {
    const text = readFileSync(file, 'utf8');
    const textDocument = { uri: pathToFileURL(file).href, languageId: 'typescript', version: 1, text };
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } });
  }

  async hover({ file, position }: Named): Promise<string> {
    const result = await this.#ask('textDocument/hover', placeOf(file, position));
    return (result as { contents: { value: string } }).contents.value;
  }

  /** The names that are offered at a position. */
  async completions(file: string, position: number): Promise<string[]> {
    const result = await this.#ask('textDocument/completion', placeOf(file, position));
    return (result as { items: { label: string }[] }).items.map(({ label }) => label);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
  }

  #ask(method: string, params: object): Promise<unknown> {
    this.#count += 1;
    const id = this.#count;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.toString('latin1', 0, Math.max(0, head)))?.[1]);
      if (head < 0 || this.#buffer.length < head + 4 + length) {
        return;
      }
      const message = JSON.parse(this.#buffer.toString('utf8', head + 4, head + 4 + length)) as {
        readonly id?: number;
        readonly method?: string;
        readonly result?: unknown;
      };
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      if (message.method !== undefined && message.id !== undefined) {
        this.#send({ id: message.id, result: null });
      } else if (message.id !== undefined) {
        this.#answers.get(message.id)?.(message.result);
      }
    }
  }
}

/** A position as the protocol counts: by lines. */
function placeOf(file: string, position: number): object {
  const before = readFileSync(file, 'utf8').slice(0, position).split('\n');
  return {
    textDocument: { uri: pathToFileURL(file).href },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
}
