import type { Agent } from 'node:http';
import { guardLogger } from '../diagnostics/guarded-logger.js';
import type { MessageSource } from '../diagnostics/channels.js';
import { Secrets, type Redact } from '../diagnostics/redact.js';
import { newToldClient } from '../diagnostics/told-client.js';
import { reconnectPolicy, type ReconnectPolicy } from '../events/reconnect.js';
import { extraHeaders, type MakeHeaders } from '../rest/extra-headers.js';
import { checkAgent } from '../rest/check-agent.js';
import type { Fetch } from '../rest/fetch.js';
import type { TransportChoice } from '../rest/transport.js';
import { retryPolicy, type RetryPolicy } from '../rest/retry-policy.js';
import {
  checkChoice,
  checkDuration,
  checkKnown,
  checkRecord,
  checkWhole,
  refuseOption as refuse,
} from '../support/check-option.js';
import type { ValidationLevel } from '../contract/validation.js';
import { checkLogger, type Logger } from '../support/logger.js';
import { checkTls, type TlsOptions } from '../rest/tls-options.js';
import { checkUrl } from './base-url.js';
import { checkCredentials } from './check-credentials.js';
import { acceptance, type Acceptance, type AcceptedOptions } from './acceptance.js';
import type { ClientOptions } from './options.js';
import { onFrame, type TakeFrame } from './passing.js';

/** Checked options with their defaults. */
export interface Settings {
  /** Base of all paths: the URL with its prefix and `/ari`, without a slash at the end. */
  readonly baseUrl: URL;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
  readonly transport: TransportChoice;
  readonly fetch: Fetch | undefined;
  readonly timeoutMs: number;
  readonly maxSockets: number;
  readonly maxQueued: number;
  readonly retry: RetryPolicy;
  readonly reconnect: ReconnectPolicy | undefined;
  readonly pingIntervalMs: number;
  readonly takesBack: boolean;
  readonly slowAfterMs: number;
  /** Asterisk is to send only what is listened to. */
  readonly filters: boolean;
  readonly validation: ValidationLevel;
  readonly whenInvalid: 'deliver' | 'drop';
  readonly tls: TlsOptions | undefined;
  readonly agent: Agent | undefined;
  readonly headers: MakeHeaders | undefined;
  /** A listener's error that nobody hears is thrown. */
  readonly throws: boolean;
  readonly logger: Logger;
  readonly redact: Redact;
  /** What messages of diagnostics channels say of this client. */
  readonly source: MessageSource;
  /** The connection that Asterisk has opened to a server of ours, if that is what the client lives on. */
  readonly acceptance: Acceptance | undefined;
  /** Takes frames of the event connection before the client does. */
  readonly takeFrame: TakeFrame | undefined;
}

const known = [
  ...(['url', 'username', 'password', 'transport', 'fetch', 'timeoutMs', 'maxSockets', 'maxQueued'] as const),
  ...(['retry', 'reconnect', 'pingIntervalMs', 'whenReplaced', 'slowAfterMs', 'tls', 'agent', 'logger'] as const),
  ...(['validation', 'whenInvalid', 'eventFilter', 'headers', 'listenerErrors'] as const),
] as const satisfies readonly (keyof ClientOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkOptions(options: ClientOptions): Settings {
  checkKnown(checkRecord('AriClient: options', options, known), known);
  const { reconnect } = options;
  const authorization = checkCredentials(options.username, options.password);
  const secrets = new Secrets(options.username, options.password);
  const { redact } = secrets;
  const baseUrl = checkUrl(options.url);
  return {
    baseUrl,
    authorization,
    transport: checkChoice('transport', options.transport, ['auto', 'http', 'websocket']),
    fetch: checkFetch(options.fetch),
    timeoutMs: checkDuration('timeoutMs', options.timeoutMs, 10_000),
    maxSockets: checkWhole('maxSockets', options.maxSockets, 10, 1),
    maxQueued: checkWhole('maxQueued', options.maxQueued, 10_000, 0),
    retry: retryPolicy(options.retry),
    reconnect: reconnect === false ? undefined : reconnectPolicy(reconnect),
    pingIntervalMs: checkDuration('pingIntervalMs', options.pingIntervalMs, 15_000),
    takesBack: checkChoice('whenReplaced', options.whenReplaced, ['yield', 'takeBack']) === 'takeBack',
    slowAfterMs: checkDuration('slowAfterMs', options.slowAfterMs, 100),
    filters: checkFilter(options.eventFilter),
    validation: checkChoice('validation', options.validation, ['envelope', 'none', 'full']),
    whenInvalid: checkChoice('whenInvalid', options.whenInvalid, ['deliver', 'drop']),
    tls: checkTls(options.tls),
    agent: checkAgent(options.agent),
    headers: extraHeaders(options.headers, secrets),
    throws: checkChoice('listenerErrors', options.listenerErrors, ['report', 'throw']) === 'throw',
    logger: guardLogger(checkLogger(options.logger), redact),
    redact,
    source: { client: newToldClient(redact), server: baseUrl.host },
    acceptance: (options as AcceptedOptions)[acceptance],
    takeFrame: (options as { readonly [onFrame]?: TakeFrame })[onFrame],
  };
}

function checkFilter(choice: unknown): boolean {
  if (choice !== undefined && choice !== 'auto' && choice !== false) {
    throw refuse('eventFilter', "must be 'auto' or false");
  }
  return choice === 'auto';
}

function checkFetch(fetch: Fetch | undefined): Fetch | undefined {
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw refuse('fetch', 'must be a function like the built-in fetch');
  }
  return fetch;
}
