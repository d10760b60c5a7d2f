import { checkChoice, checkGivenOptions, refuseOption } from '../../support/check-option.js';
import { checkApp, checkParty, checkText } from '../check.js';
import type { ReleasableChannel } from '../lines.js';
import type { SnoopableChannel } from '../snoop.js';
import type { SuperviseClient } from './parties.js';

/** Options of {@link supervise}. */
export interface SuperviseOptions {
  /** Who supervises: their channel, in the application and in no bridge. */
  readonly supervisor: ReleasableChannel;
  /** Who is supervised, such as an agent. */
  readonly channel: SnoopableChannel;
  /**
   * `listen`: the supervisor hears all, and nobody hears them. `coach`: whom they supervise hears them, and nobody else
   * does. `barge`: all hear them; the channel must be in a bridge. @default `listen`
   */
  readonly mode?: 'listen' | 'coach' | 'barge' | undefined;
  /**
   * The application that the channel which listens comes into; the client must have been started for it. Not for `barge`.
   */
  readonly app?: string | undefined;
  /** The arguments of its `StasisStart`, by which the application tells it from callers. @default `snoop` */
  readonly appArgs?: string | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** {@link SuperviseOptions}, checked, with nothing left out. */
export interface SuperviseRules {
  readonly supervisor: ReleasableChannel;
  readonly channel: SnoopableChannel;
  readonly mode: 'listen' | 'coach' | 'barge';
  readonly app: string;
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
export function checkSupervise(client: SuperviseClient, options: SuperviseOptions): SuperviseRules {
  checkParty('supervise', 'client', client, ['on']);
  checkParty('supervise', 'client', client.bridges, ['handle', 'list']);
  checkGivenOptions('supervise', options, known);
  const { supervisor, channel, app, appArgs = 'snoop', signal } = options;
  const mode = checkChoice('mode', options.mode, ['listen', 'coach', 'barge']);
  checkParty('supervise', 'supervisor', supervisor, ['on', 'waitFor', 'play', 'hangup']);
  checkParty('supervise', 'channel', channel, ['on', 'waitFor', 'snoopChannel']);
  if (supervisor.id === channel.id) {
    throw refuseOption('supervisor', 'must be another channel than the one that is supervised');
  }
  return {
    supervisor,
    channel,
    mode,
    app: mode === 'barge' ? '' : checkApp('app', app),
    appArgs: checkText('appArgs', appArgs),
    signal,
  };
}
