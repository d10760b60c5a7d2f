import { AriError, nameError } from './ari-error.js';

/** What a failed request was and what Asterisk said. */
export interface HttpFailure {
  readonly operation: string;
  readonly method: string;
  /** Path under `/ari`, without its query. */
  readonly path: string;
  readonly status: number;
  /** Asterisk's own words. */
  readonly serverMessage: string;
}

/** Asterisk answered with a status that is not a success. Its subclasses stand for one status each. */
export class AriHttpError extends AriError {
  static {
    nameError(this, 'AriHttpError');
  }

  /** HTTP status code. */
  readonly status: number;
  /** What Asterisk said, in its own words; empty if nothing. */
  readonly serverMessage: string;
  /** The operation: `channels.hangup`. */
  readonly operation: string;
  /** HTTP method. */
  readonly method: string;
  /** Path under `/ari`, without its query. */
  readonly path: string;

  constructor(failure: HttpFailure, message?: string) {
    super(message ?? describeFailure(failure));
    this.status = failure.status;
    this.serverMessage = failure.serverMessage;
    this.operation = failure.operation;
    this.method = failure.method;
    this.path = failure.path;
  }
}

/** `channels.answer: 404 Channel not found (POST /channels/x/answer)` */
export function describeFailure({ operation, method, path, status, serverMessage }: HttpFailure): string {
  return `${operation}: ${status} ${serverMessage || 'without a message'} (${method} ${path})`;
}
