import type { ApiDocuments } from '../docs/documents.js';
import type { Engine } from '../engine/engine.js';
import { AriFailure } from '../http/failure.js';
import { failureReply, noContent, type Reply } from '../http/reply.js';
import { findHandler } from '../operations/index.js';
import { bindParams } from '../params/bind.js';
import { allowedMethods, matchRoute, type RouteMatch } from '../routing/match.js';
import { buildRoutes, type Route, type RouteNode } from '../routing/tree.js';
import { serveDocument } from './serve-document.js';
import type { RestRequest } from './rest-request.js';
import { authenticate, type User } from './users.js';

export interface RestOptions {
  readonly engine: Engine;
  readonly documents: ApiDocuments;
  readonly users: Readonly<Record<string, User>>;
  /** Asterisk's path prefix, as `/asterisk`; empty for none. */
  readonly prefix: string;
  booted(): boolean;
}

/** A request for a WebSocket that may have one. */
export interface UpgradeReply {
  readonly upgrade: Route;
}

/** A request, and what it asks for, whether it gets it or not. */
export interface RoutedRequest {
  readonly request: RestRequest;
  /** Undefined if there is nothing at its path. */
  readonly match: RouteMatch | undefined;
}

/** Takes REST requests the way Asterisk's `res_ari` does, in its order of checks. */
export class RestService {
  readonly #options: RestOptions;
  readonly #routes: RouteNode;

  constructor(options: RestOptions) {
    this.#options = options;
    this.#routes = buildRoutes(options.documents);
  }

  /** Answers at once, unless the channel concerned is busy with earlier commands. */
  handle(routed: RoutedRequest): Reply | UpgradeReply | Promise<Reply> {
    try {
      const answer = this.#handle(routed);
      return answer instanceof Promise ? answer.catch(failureReply) : answer;
    } catch (error) {
      return failureReply(error);
    }
  }

  route(request: RestRequest): RoutedRequest {
    return { request, match: matchRoute(this.#routes, request.path) };
  }

  #handle({ request, match }: RoutedRequest): Reply | UpgradeReply | Promise<Reply> {
    const user = authenticate(this.#options.users, request.credentials);
    if (!user) return unauthorized();
    if (!this.#options.booted()) return { ...failureReply(new AriFailure(503, 'Asterisk not booted')), close: true };
    if (user.readOnly === true && !['GET', 'OPTIONS'].includes(request.method)) {
      throw new AriFailure(403, 'Write access denied');
    }
    if (request.path.endsWith('/')) {
      const better = request.path.replace(/\/+$/, '');
      throw new AriFailure(404, `ARI URLs do not end with a slash. Try /ari/${better}`);
    }
    if (request.path.startsWith('api-docs/')) return serveDocument(this.#options, request);
    if (!match) throw new AriFailure(404, 'Resource not found');
    return this.#serve(match, request);
  }

  #serve(match: RouteMatch, request: RestRequest): Reply | UpgradeReply | Promise<Reply> {
    if (request.method === 'OPTIONS') return { ...noContent(), headers: { Allow: allowedMethods(match.node) } };
    const route = match.node.methods.get(request.method);
    if (!route) {
      const reply = failureReply(new AriFailure(405, 'Invalid method'));
      return { ...reply, headers: { Allow: allowedMethods(match.node) } };
    }
    if (route.operation.upgrade === 'websocket') return { upgrade: route };
    return this.#carryOut(route, match, request);
  }

  #carryOut(route: Route, match: RouteMatch, request: RestRequest): Reply | Promise<Reply> {
    const handler = findHandler(route.name);
    if (!handler) throw new AriFailure(501, 'Method not implemented');
    // Over a socket no body is one of nothing.
    const body = request.body ?? (request.transport === 'websocket' ? null : undefined);
    const params = bindParams(route.operation, { path: match.path, pairs: request.pairs, body });
    return handler({ engine: this.#options.engine, params, body });
  }
}

function unauthorized(): Reply {
  const reply = failureReply(new AriFailure(401, 'Authentication required'));
  return { ...reply, headers: { 'WWW-Authenticate': 'Basic realm="Asterisk REST Interface"' } };
}
