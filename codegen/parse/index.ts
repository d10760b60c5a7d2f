/** Stage two: from the text of the documents to what they say, with every fault of them found. */
import { CodegenError } from '../errors.js';
import type { Sources } from '../load/types.js';
import { checkModels, modelNames } from './check-models.js';
import { checkOperationCount, checkOperations } from './check-operations.js';
import { parseResource } from './resource.js';
import { INDEX_FILE, parseResourceIndex } from './resource-index.js';
import type { ApiDocuments } from './types.js';
import type { Warn } from './validate.js';

/** Parses and checks the documents of one release. Harmless oddities are warned of, faults are a `CodegenError`. */
export function parse({ files }: Pick<Sources, 'files'>, warn: Warn): ApiDocuments {
  const { apiVersion, swaggerVersion, entries } = parseResourceIndex(textOf(files, INDEX_FILE), warn);
  const documents = entries.map((entry) => parseResource(entry, textOf(files, entry.file), warn));

  const names = modelNames(documents);
  checkOperationCount(documents);
  for (const document of documents) {
    checkOperations(document, names);
    checkModels(document, names);
  }
  return { apiVersion, swaggerVersion, documents };
}

function textOf(files: ReadonlyMap<string, string>, file: string): string {
  const text = files.get(file);
  if (text === undefined) throw new CodegenError('the document is missing', { file });
  return text;
}
