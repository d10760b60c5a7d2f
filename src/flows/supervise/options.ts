import { checkChoice, checkGivenOptions, refuseOption } from '../../support/check-option.js';
import { checkApp, checkParty, checkPartyOption, checkSameAsteriskOption, checkText } from '../check.js';
import type { ReleasableChannel } from '../lines.js';
import type { SnoopableChannel } from '../snoop.js';
import type { SuperviseClient } from './parties.js';

export const modes = ['listen', 'coach', 'barge'] as const;

/**
 * `listen`: the supervisor hears all, and nobody hears them. `coach`: whom they supervise hears them, and nobody else does.
 * `barge`: all hear them; the channel must be in a bridge.
 */
export type SuperviseMode = (typeof modes)[number];

/** Who takes part in a {@link supervise}. */
interface SuperviseParties {
  /** Who supervises: their channel, in the application and in no bridge. */
  readonly supervisor: ReleasableChannel;
  /** Who is supervised, such as an agent. */
  readonly channel: SnoopableChannel;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link supervise}. */
export interface SuperviseOptions extends SuperviseParties {
  /** What it begins with. @default `listen` */
  readonly mode?: SuperviseMode | undefined;
  /** The application that the channel which listens comes into; the client must have been started for it. */
  readonly app: string;
  /** The arguments of its `StasisStart`, by which the application tells it from callers. @default `snoop` */
  readonly appArgs?: string | undefined;
}

/** Options of {@link supervise} for a supervisor who takes part, and does nothing else: no channel listens for them. */
export interface BargeOptions extends SuperviseParties {
  readonly mode: 'barge';
  readonly app?: undefined;
  readonly appArgs?: undefined;
}

/** {@link SuperviseOptions}, checked, with nothing left out. */
export interface SuperviseRules {
  readonly supervisor: ReleasableChannel;
  readonly channel: SnoopableChannel;
  readonly mode: SuperviseMode;
  /** Undefined where nothing but `barge` is wanted. */
  readonly app: string | undefined;
  readonly appArgs: string;
  readonly signal: AbortSignal | undefined;
}

const known = [
  'supervisor',
  'channel',
  'mode',
  'app',
  'appArgs',
  'signal',
] as const satisfies readonly (keyof SuperviseOptions)[];

/** @throws {AriValidationError} */
export function checkSupervise(client: SuperviseClient, options: SuperviseOptions | BargeOptions): SuperviseRules {
  checkParty('supervise', 'client', client, ['on', 'bridges.handle', 'bridges.list', 'channels.handle']);
  checkGivenOptions('supervise', options, known);
  const { supervisor, channel, app, appArgs = 'snoop', signal } = options;
  const mode = checkChoice('mode', options.mode, modes);
  checkPartyOption('supervisor', supervisor, ['on', 'waitFor', 'play', 'hangup']);
  checkPartyOption('channel', channel, ['on', 'waitFor', 'snoopChannelWithId']);
  checkSameAsteriskOption('supervisor', supervisor, client);
  checkSameAsteriskOption('channel', channel, client);
  if (supervisor.id === channel.id) {
    throw refuseOption('supervisor', 'must be another channel than the one that is supervised');
  }
  if (app === undefined && options.appArgs !== undefined) {
    throw refuseOption('appArgs', "needs 'app', which was not given");
  }
  const needsApp = mode !== 'barge' || app !== undefined;
  return {
    supervisor,
    channel,
    mode,
    app: needsApp ? checkApp('app', app) : undefined,
    appArgs: checkText('appArgs', appArgs),
    signal,
  };
}
