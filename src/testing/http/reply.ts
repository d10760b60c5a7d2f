import { STATUS_CODES } from 'node:http';
import { AllocationFailure, AriFailure } from './failure.js';

/** The answer to one REST request, whichever way it came. */
export interface Reply {
  readonly status: number;
  readonly reason: string;
  /** What goes into a JSON body; `undefined` for none. */
  readonly json?: unknown;
  /** A body that is not JSON. */
  readonly bytes?: { readonly type: string; readonly content: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection ends with this answer. */
  readonly close?: true;
  /** What went wrong in the double itself, which is no failure of Asterisk's. */
  readonly fault?: { readonly error: unknown };
}

export function ok(json: unknown): Reply {
  return { status: 200, reason: 'OK', json };
}

export function noContent(): Reply {
  return { status: 204, reason: 'No Content' };
}

/** A thing was made; `location` is its path below `/ari`. */
export function created(location: string, json: unknown): Reply {
  return { status: 201, reason: 'Created', json, headers: { Location: `/ari${location}` } };
}

export function accepted(): Reply {
  return { status: 202, reason: 'Accepted' };
}

export function binary(type: string, content: Buffer): Reply {
  return { status: 200, reason: 'OK', bytes: { type, content } };
}

/** The answer for anything thrown on the way. */
export function failureReply(error: unknown): Reply {
  if (error instanceof AllocationFailure) {
    return { status: 500, reason: 'Internal Server Error', json: { error: 'Allocation failed' } };
  }
  if (!(error instanceof AriFailure)) {
    return {
      status: 500,
      reason: 'Internal Server Error',
      json: { message: `The double failed: ${error instanceof Error ? error.message : typeof error}` },
      fault: { error },
    };
  }
  return {
    status: error.status,
    reason: error.reason ?? STATUS_CODES[error.status] ?? 'Unknown',
    json: { message: error.message },
  };
}
