import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from '../folders.js';
import { framed, Server } from './server.js';

/** A place in a text, both counted from 0. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** What an editor does behind the scenes. */
export interface Editor {
  open(folder: string, file: string, text: string): Promise<void>;
  /** The names that are offered there. */
  complete(file: string, place: Place): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `tsserver`, of the TypeScript that the tool for the public interface brings: the newest with one. */
export function typescript6(): Editor {
  const typescript = 'node_modules/@microsoft/api-extractor/node_modules/typescript/lib/tsserver.js';
  const server = new Server(join(project, typescript), '--disableAutomaticTypingAcquisition');
  const request = (seq: number, command: string, args: object) =>
    `${JSON.stringify({ seq, type: 'request', command, arguments: args })}\n`;
  return {
    async open(projectRootPath, file, fileContent) {
      server.send(request(0, 'open', { file, fileContent, projectRootPath }));
    },
    async complete(file, { line, character }) {
      const place = { file, line: line + 1, offset: character + 1 };
      const { body } = await server.ask((id) => request(id, 'completionInfo', place));
      return (body as { entries: { name: string }[] }).entries.map(({ name }) => name);
    },
    close: () => server.end(),
  };
}

/** The language server of TypeScript 7. */
export function typescript7(): Editor {
  const server = new Server(join(project, 'node_modules/typescript/bin/tsc'), '--lsp', '--stdio');
  const ask = (method: string, params: object) => server.ask((id) => framed({ id, method, params }));
  return {
    async open(folder, file, text) {
      await ask('initialize', { processId: null, rootUri: pathToFileURL(folder).href, capabilities: {} });
      server.send(framed({ method: 'initialized', params: {} }));
      const textDocument = { uri: pathToFileURL(file).href, languageId: 'typescript', version: 1, text };
      server.send(framed({ method: 'textDocument/didOpen', params: { textDocument } }));
    },
    async complete(file, position) {
      const textDocument = { uri: pathToFileURL(file).href };
      const { result } = await ask('textDocument/completion', { textDocument, position });
      return (result as { items: { label: string }[] }).items.map(({ label }) => label);
    },
    close: () => server.end(),
  };
}
