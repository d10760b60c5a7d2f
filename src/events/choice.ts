import { AriValidationError } from '../errors/validation-error.js';
import type { AnyListener, ListenerScope } from '../contract/listener-scope.js';
import { notices } from '../contract/notices.js';
import type { EventChoice } from '../contract/subscription.js';
import { checkFlag, refuseOption } from '../support/check-option.js';
import { mustBe } from '../support/describe.js';
import { Distinct } from './distinct.js';

/** Names of the options that choose among events. */
export const choiceOptions = ['application', 'distinct'] as const satisfies readonly (keyof EventChoice)[];

/** Notices that hand over events of Asterisk. */
const ofEvents: readonly string[] = ['*', 'unknown'];

/**
 * Which events a listener is called with; undefined for all.
 * @throws {AriValidationError} for an application that the client was not started for, and for what is no event
 */
export function choose(
  scope: ListenerScope,
  types: readonly string[],
  { application, distinct }: EventChoice = {},
): ((event: object) => boolean) | undefined {
  const isDistinct = checkFlag('distinct', distinct, false);
  if (application === undefined && !isDistinct) {
    return undefined;
  }
  const notice = types.find((type) => notices.some((each) => each === type) && !ofEvents.includes(type));
  if (notice !== undefined) {
    const option = application === undefined ? 'distinct' : 'application';
    throw refuseOption(option, `is for events: '${notice}' comes once, and for no application`);
  }
  checkApplication(scope, application);
  const seen = isDistinct ? new Distinct() : undefined;
  return (event) =>
    (application === undefined || (event as { application?: unknown }).application === application) &&
    (seen === undefined || seen.isNew(event));
}

/** A listener that is called with the events that were chosen. */
export function onlyThose(isChosen: (event: object) => boolean, call: AnyListener): AnyListener {
  return (...args) => (isChosen(args.at(-1) as object) ? call(...args) : undefined);
}

function checkApplication({ applications }: ListenerScope, application: unknown): void {
  if (application === undefined) {
    return;
  }
  if (typeof application !== 'string' || application === '') {
    throw refuseOption('application', mustBe('the name of an application', application));
  }
  if (applications !== undefined && !applications.has(application)) {
    const started = [...applications].join(', ');
    throw new AriValidationError(
      `option 'application': the client is not started for '${application}', but for ${started}`,
      'application',
    );
  }
}
