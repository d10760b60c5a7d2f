import type { Bindings } from '../contract/bindings.js';
import type { Operation } from '../contract/operation.js';
import { copyData } from '../support/copy-data.js';
import { refuseOption } from '../support/check-option.js';
import type { Logger } from '../support/logger.js';
import { AriProtocolError } from '../errors/protocol-error.js';
import type { RawEvent } from '../events/carried-objects.js';
import type { Topic } from '../events/topic.js';
import { EnvelopeCheck } from './envelope-check.js';
import type { MessageCheck } from './message-check.js';
import { SchemaCheck } from './schema-check.js';
import type { InvalidMessage, ValidationIssue, ValidationLevel } from '../contract/validation.js';

/** How closely a validator looks, and what it does about what it finds. */
export interface ValidatorSettings {
  readonly validation: ValidationLevel;
  readonly whenInvalid: 'deliver' | 'drop';
  readonly logger: Logger;
}

/** Looks at what Asterisk sends before anybody gets it, and tells what is not as the bindings describe it. */
export class Validator {
  readonly #bindings: Bindings;
  readonly #settings: ValidatorSettings;
  readonly #notify: (message: InvalidMessage) => boolean;
  #check: MessageCheck | undefined;
  #loading: Promise<void> | undefined;

  /**
   * @param notify tells listeners; false if there are none
   * @throws {AriValidationError} if the bindings have no schemas and it takes them
   */
  constructor(bindings: Bindings, settings: ValidatorSettings, notify: (message: InvalidMessage) => boolean) {
    if (settings.validation === 'full' && bindings.schemas === undefined) {
      throw refuseOption('validation', "cannot be 'full': these bindings have no schemas; generate them again");
    }
    this.#bindings = bindings;
    this.#settings = settings;
    this.#notify = notify;
    this.#check = settings.validation === 'none' ? undefined : new EnvelopeCheck(bindings);
  }

  /** True if events that nobody listens to are looked at too. */
  get everything(): boolean {
    return this.#settings.validation === 'full';
  }

  /** Resolves when the schemas are loaded; nothing to wait for if they are not needed. Until then it looks at envelopes. */
  ready(): Promise<void> | undefined {
    if (this.#settings.validation === 'full') {
      this.#loading ??= this.#load();
    }
    return this.#loading;
  }

  /** Whether the event is to be handed on. */
  admits(topic: Topic, event: RawEvent): boolean {
    const issues = this.#check?.event(topic, event);
    if (issues === undefined || issues.length === 0) {
      return true;
    }
    // A copy: in the event itself domain objects are about to take the place of raw data.
    return this.#tell('event', topic.name, issues, copyData(event));
  }

  /** @throws {AriProtocolError} if the answer is not as described, and such ones are to be dropped */
  checkAnswer(operation: Operation, data: unknown): void {
    const issues = this.#check?.answer(operation, data);
    if (issues === undefined || issues.length === 0 || this.#tell('answer', operation.name, issues, data)) {
      return;
    }
    throw new AriProtocolError(`${operation.name}: the answer is not as described: ${issuesText(issues)}`);
  }

  async #load(): Promise<void> {
    const tables = await this.#bindings.schemas?.();
    if (tables !== undefined) {
      this.#check = new SchemaCheck(tables);
    }
  }

  #tell(kind: 'event' | 'answer', name: string, issues: readonly ValidationIssue[], data: unknown): boolean {
    const delivered = this.#settings.whenInvalid === 'deliver';
    if (!this.#notify({ kind, name, issues, data, delivered })) {
      const what = kind === 'event' ? `event ${name}` : `answer to ${name}`;
      this.#settings.logger.warn(`${what}: not as described${delivered ? '' : ', dropped'}: ${issuesText(issues)}`);
    }
    return delivered;
  }
}

/** As many as fit on a line that somebody reads. */
function issuesText(issues: readonly ValidationIssue[]): string {
  const few = issues.slice(0, 3).map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  return few.join('; ') + (issues.length > few.length ? `; and ${issues.length - few.length} more` : '');
}
