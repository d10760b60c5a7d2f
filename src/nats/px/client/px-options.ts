import { checkKnown, checkRecord } from '../../../support/check-option.js';
import {
  checkCommonOptions,
  commonOptionNames,
  type CommonFleetOptions,
  type CommonSettings,
} from '../../fleet/options.js';
import { checkPxApp, PxSubjects } from '../px-subjects.js';

/** How a worker takes part in what ari-proxies make of many Asterisks. */
export interface PxOptions<C extends object> extends CommonFleetOptions<C> {
  /** The application that the proxies are for. */
  readonly app: string;
  /** First words of all subjects, as the proxies have them. @default 'ari' */
  readonly prefix?: string | undefined;
}

/** Checked options with their defaults. */
export interface PxSettings<C extends object> extends CommonSettings<C> {
  readonly app: string;
  readonly subjects: PxSubjects;
}

const known = [
  ...commonOptionNames,
  ...(['app', 'prefix'] as const),
] as const satisfies readonly (keyof PxOptions<object>)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkPxOptions<C extends object>(options: PxOptions<C>): PxSettings<C> {
  checkKnown(checkRecord('connectPx: options', options, known), known);
  const app = checkPxApp(options.app);
  return { ...checkCommonOptions(options, [app]), app, subjects: new PxSubjects(options.prefix) };
}
