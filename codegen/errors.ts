import { visible } from './visible.js';

/** What a failure was about: which file, which operation or model in it, and what would have been right. */
export interface ErrorPlace {
  /** The document: `channels.json`. */
  readonly file?: string | undefined;
  /** What in it: `POST /channels/{channelId}/move (move): parameter app`. */
  readonly at?: string;
  /** The values or forms that are allowed there. */
  readonly allowed?: readonly string[];
  readonly cause?: unknown;
}

/** Anything that keeps the generator from its work and that its user can understand from the message alone: one line. */
export class CodegenError extends Error {
  override readonly name = 'CodegenError';
  readonly file: string | undefined;
  readonly at: string | undefined;
  readonly allowed: readonly string[] | undefined;

  constructor(message: string, place: ErrorPlace = {}) {
    const where = [place.file, place.at].filter((part) => part !== undefined).join(': ');
    const allowed = place.allowed && place.allowed.length > 0 ? ` (allowed: ${place.allowed.join(', ')})` : '';
    const whole = `${where && `${where}: `}${message}${allowed}`;
    super(visible(whole), 'cause' in place ? { cause: place.cause } : undefined);
    this.file = place.file;
    this.at = place.at;
    this.allowed = place.allowed;
  }
}
