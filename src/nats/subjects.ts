import { createHash } from 'node:crypto';
import { refuseOption } from '../support/check-option.js';

/** What a version of the protocol is called in subjects: another one may live beside it on the same server. */
const version = 'v1';

/** Objects whose events have subjects of their own. */
export type RoutedKind = 'channel' | 'bridge' | 'playback' | 'recording';

/** The same by their kinds in the bindings. */
export const routedKinds: Readonly<Record<string, RoutedKind>> = {
  Channel: 'channel',
  Bridge: 'bridge',
  Playback: 'playback',
  LiveRecording: 'recording',
};

/** The subjects that relays and fleets meet at. All ids are single tokens: see {@link token}. */
export class Subjects {
  readonly #root: string;

  /** @throws {AriValidationError} for a prefix that is none */
  constructor(prefix: unknown = 'ari') {
    this.#root = `${checkPrefix(prefix)}.${version}`;
  }

  /** A relay says what it is and how it is. */
  get announcements(): string {
    return `${this.#root}.announce`;
  }

  /** Asks all relays to announce themselves. */
  get roll(): string {
    return `${this.#root}.roll`;
  }

  /** Asks one relay; it answers when all has been sent that it had to send before. */
  ping(node: string): string {
    return `${this.#root}.ping.${token(node)}`;
  }

  /** A request for one Asterisk. */
  request(node: string): string {
    return `${this.#root}.request.${token(node)}`;
  }

  /** A call that nobody has taken yet. */
  offers(app: string): string {
    return `${this.#root}.offer.${token(app)}`;
  }

  /** How the subjects of all events begin. */
  get allOfEvents(): string {
    return `${this.#root}.event.`;
  }

  /** Events of one object. */
  events(node: string, app: string, kind: RoutedKind, id: string): string {
    return `${this.#root}.event.${token(node)}.${token(app)}.${kind}.${token(id)}`;
  }

  /** Events of one object, whichever application they are for. */
  eventsForAny(node: string, kind: RoutedKind, id: string): string {
    return `${this.#root}.event.${token(node)}.*.${kind}.${token(id)}`;
  }

  /** Events of no such object, such as those of endpoints and devices. */
  others(node: string, app: string): string {
    return `${this.#root}.event.${token(node)}.${token(app)}.other`;
  }

  /** The beginning of a call that was offered: for who watches, since whoever has it knows it from the offer. */
  beginnings(node: string, app: string, channelId: string): string {
    return `${this.#root}.event.${token(node)}.${token(app)}.start.${token(channelId)}`;
  }

  othersForAny(node: string): string {
    return `${this.#root}.event.${token(node)}.*.other`;
  }

  /** All events of one Asterisk. */
  allEvents(node: string): string {
    return `${this.#root}.event.${token(node)}.>`;
  }

  /** Asks one worker whether it is there, and which calls it has. */
  worker(id: string): string {
    return `${this.#root}.worker.${token(id)}`;
  }

  /** Asks all workers which calls they have. */
  get muster(): string {
    return `${this.#root}.muster`;
  }
}

/** The first words of all subjects. @throws {AriValidationError} for what cannot be that */
export function checkPrefix(prefix: unknown): string {
  if (typeof prefix !== 'string' || !/^[\w-]+(\.[\w-]+)*$/.test(prefix)) {
    throw refuseOption('prefix', 'must be words of letters, digits, _ and -, with dots between them');
  }
  return prefix;
}

/** Longest token: with a few of them a subject is far from what a server takes, 4,096 bytes with all around it. */
const maxToken = 600;

/**
 * An id or a name as one token of a subject: percent-encoded, dots and stars too, for those mean something to NATS; one that
 * is too long by its digest, `%H` and SHA-256.
 * `1700000000.1` → `1700000000%2E1`
 */
export function token(text: string): string {
  const encoded = encodeURIComponent(wellFormed(text)).replace(/[.*!'()~]/g, hex);
  if (encoded.length > maxToken) {
    return `%H${createHash('sha256').update(encoded).digest('hex')}`;
  }
  return encoded === '' ? '%' : encoded;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** No half of a surrogate pair can be encoded. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
