/**
 * What generated bindings stand on: base classes and tables for them, and, for applications, the errors and types that
 * every release shares. Applications import from `asterisk-ari`, which has all of it.
 */
export type { Bindings, EventTable, ObjectBinding } from './contract/bindings.js';
export type { Operation, Parameter, Result } from './contract/operation.js';
export { BaseClient, type ClientNotices } from './client/base-client.js';
export { connectClient, type ConnectArguments } from './client/connect.js';
export type { ClientCore } from './contract/client-core.js';
export type { Exclusive } from './contract/exclusive.js';
export type { RequestOptions } from './contract/request-options.js';
export type { RequestArguments, RequestParams, RequestRoute } from './client/raw-request.js';
export type { StartOptions } from './client/start-options.js';
export type { IdleOptions } from './client/idle.js';
export type { Logger } from './support/logger.js';
export type { ClientOptions, ConnectOptions, Credentials } from './client/options.js';
export type { TlsOptions } from './rest/tls-options.js';
export type { ApplicationListener } from './client/registrations.js';
export type {
  ConnectionMessage,
  EventMessage,
  GapMessage,
  MessageSource,
  RequestMessage,
  ToldClient,
} from './diagnostics/channels.js';
export { toDate } from './domain/date.js';
export { ListenableHandle } from './domain/listenable-handle.js';
export { ListenableRepository } from './domain/listenable-repository.js';
export { ObjectHandle } from './contract/object-handle.js';
export { Repository } from './domain/repository.js';
export { uniqueId } from './support/unique-id.js';
export {
  AriAbortError,
  AriConnectionError,
  AriError,
  AriHttpError,
  AriProtocolError,
  AriTimeoutError,
  AriValidationError,
  BadRequestError,
  ConflictError,
  type Delivery,
  ForbiddenError,
  type MissingThing,
  NotFoundError,
  ObjectGoneError,
  PreconditionFailedError,
  ServerError,
  UnauthorizedError,
  UnprocessableEntityError,
  UnsupportedOperationError,
} from './errors/index.js';
export type { ClientListenable, Listenable } from './events/listenable.js';
export type { GapNotice, ObjectIds, PresentNotice, ReplacedNotice, SlowNotice } from './contract/notices.js';
export type { ReconnectOptions } from './events/reconnect.js';
export type { ConnectionState, StateChange } from './contract/connection-state.js';
export type { EventStream, StreamOptions } from './events/stream.js';
export type { ListenOptions, Subscription } from './contract/subscription.js';
export type { EventData, ListenerFailure, MalformedMessage, ObjectEventMap, UnknownEvent } from './contract/events.js';
export type { WaitOptions } from './events/wait.js';
export type { InvalidMessage, ValidationIssue, ValidationLevel } from './contract/validation.js';
export type { ExtraHeaders } from './rest/extra-headers.js';
export type { Fetch, FetchInit, FetchResponse } from './rest/fetch.js';
export type { TransportChoice } from './rest/transport.js';
export type { RetryOptions } from './contract/request-options.js';
export type { StoredFile } from './rest/stored-file.js';
