import type { ApiDocuments } from '../docs/documents.js';
import { AriFailure } from '../http/failure.js';
import { failureReply, ok, type Reply } from '../http/reply.js';
import type { RestRequest } from './rest-request.js';

interface Context {
  readonly documents: ApiDocuments;
  readonly prefix: string;
}

/** Serves `api-docs/NAME.json`, with the address under which the request came as its base path. */
export function serveDocument({ documents, prefix }: Context, request: RestRequest): Reply {
  if (request.method !== 'GET') return failureReply(new AriFailure(405, 'Unsupported method'));
  const name = /^api-docs\/(\w+)\.json$/.exec(request.path)?.[1] ?? '';
  const document = name === 'resources' ? documents.listing : documents.resources.get(name);
  if (!document) throw new AriFailure(404, 'Resource not found');
  return ok({ ...document, basePath: `http://${request.host}${prefix}/ari` });
}
