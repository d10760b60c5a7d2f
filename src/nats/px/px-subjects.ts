import { checkApp, checkApps } from '../../client/registrations.js';
import { refuseOption } from '../../support/check-option.js';
import { checkPrefix } from '../subjects.js';
import type { PxClass } from './kind.js';

/** The subjects that ari-proxy and its clients meet at. */
export class PxSubjects {
  readonly #root: string;

  /** @throws {AriValidationError} for a prefix that is none */
  constructor(prefix: unknown = 'ari') {
    this.#root = checkPrefix(prefix);
  }

  /** A proxy says that it is there. */
  get announcements(): string {
    return `${this.#root}.announce`;
  }

  /** Asks all proxies to announce themselves. */
  get ping(): string {
    return `${this.#root}.ping`;
  }

  /** Requests for all proxies, those of an application, or the one of an application on a node. */
  requests(requestClass: PxClass, ...place: [] | [app: string] | [app: string, node: string]): string {
    return [this.#root, requestClass, ...place].join('.');
  }

  events(app: string, node: string): string {
    return `${this.#root}.event.${app}.${node}`;
  }

  /** Events of an application on all nodes. */
  allEvents(app: string): string {
    return `${this.#root}.event.${app}.>`;
  }

  dialogEvents(dialog: string): string {
    return `${this.#root}.dialogevent.${dialog}`;
  }
}

/** Longest name that stands in a subject, of which a server takes no more than 4,096 bytes with all around it. */
const maxName = 600;

/** Whether a text can stand in a subject as it is, as one or more of its tokens. */
export function isSubject(text: string): boolean {
  return Buffer.byteLength(text) <= maxName && /^[^\s.*>]+(\.[^\s.*>]+)*$/.test(text);
}

/** Applications whose names stand in subjects as they are. @throws {AriValidationError} */
export function checkPxApps(apps: string | readonly string[]): string[] {
  return checkApps(apps).map((name) => checkReachable('apps', name));
}

/** One of them. @throws {AriValidationError} */
export function checkPxApp(app: string): string {
  return checkReachable('app', checkApp('app', app));
}

function checkReachable(option: string, name: string): string {
  if (!isSubject(name)) {
    throw refuseOption(option, `has '${name}', which clients of ari-proxy cannot reach: no blank, * or > in it`);
  }
  return name;
}
