/** What the program and its page say to each other. */
import type { ConnectionState } from 'asterisk-ari';
import type { Selection } from './selection.js';

/** What a page is told of the program that it belongs to. No secret is among it. */
export interface About {
  /** This run of the program: positions of another run mean nothing. */
  readonly run: string;
  /** `pbx:8088` */
  readonly server: string;
  /** `22.10.1` */
  readonly release: string;
  readonly apps: readonly string[];
  readonly readOnly: boolean;
  readonly demo: boolean;
  /** Most entries that are kept. */
  readonly keep: number;
  /** Of the event connection to Asterisk. */
  readonly state: ConnectionState;
  /** The clock by which entries are timed, as this is told: milliseconds since 1970. */
  readonly now: number;
}

/** Over the WebSocket, to the page. `position` is that of the last entry; `skipped` were gone before they could be sent. */
export type LiveMessage =
  | { readonly type: 'about'; readonly about: About }
  | {
      readonly type: 'entries';
      readonly position: number;
      readonly skipped: number;
      /** Entries of the record. */
      readonly entries: readonly unknown[];
    };

/** Over the WebSocket, from the page: it has dealt with all up to that position. */
export interface Acknowledgement {
  readonly position: number;
}

/** `POST /api/operation` */
export interface OperationRequest {
  readonly operation: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The user was asked, and wants it. */
  readonly confirmed?: boolean;
}

/** How it went. */
export type OperationOutcome =
  | { readonly ok: true; readonly ms: number; readonly result?: unknown; readonly file?: SavedFile }
  | { readonly ok: false; readonly ms: number; readonly error: Failure };

/** Bytes that an operation gave. */
export interface SavedFile {
  readonly bytes: number;
  /** Base64; left out where it is too large for a page. */
  readonly data?: string;
}

export interface Failure {
  /** Class of the error: `NotFoundError`. */
  readonly name: string;
  readonly message: string;
  /** HTTP status of Asterisk's answer, if there was one. */
  readonly status?: number;
}

export const saveFormats = ['mermaid', 'jsonl', 'html', 'text'] as const;
export type SaveFormat = (typeof saveFormats)[number];

/** `POST /api/save` */
export interface SaveRequest {
  readonly format: SaveFormat;
  readonly selection: Selection;
}

/** What is said where something is refused. */
export interface Refusal {
  readonly error: string;
}
