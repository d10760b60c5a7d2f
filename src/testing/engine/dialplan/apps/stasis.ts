import { splitList } from '../../../params/split-list.js';
import type { OpenForCall } from '../../stasis/outbound.js';
import type { Leaving } from '../../parts.js';
import type { DialplanApp, StepContext } from '../app.js';

/** `Stasis(app,args…)`: hands the channel to an application. */
export const stasis: DialplanApp = (step) => {
  const [application = '', ...args] = splitList(step.data);
  const open = step.engine.applications.findConnected(application)
    ? undefined
    : step.engine.outbound.opener(application);
  return open ? enterByConnection(step, open, application, args) : enter(step, application, args);
};

/** Enters the application of a connection that is opened for this call alone. */
function enterByConnection(
  step: StepContext,
  open: OpenForCall,
  application: string,
  args: readonly string[],
): () => void {
  const { engine, channel, done } = step;
  let isGone = false;
  let stop: (() => void) | void;
  const fail = (): void => {
    if (isGone) return;
    stop?.();
    engine.channels.setVariable(channel, 'STASISSTATUS', 'FAILED');
    done();
  };
  open(application, channel.name, (connection) => {
    if (isGone) {
      connection?.end();
    } else if (connection) {
      const end = (): void => {
        isGone = true;
        engine.soon(() => connection.end());
      };
      stop = enter(step, connection.application, args, end);
      connection.whenLost(fail);
    } else {
      fail();
    }
  });
  return () => {
    isGone = true;
    stop?.();
  };
}

/** `StasisBroadcast(timeout,filter,args,notify)`: offers the channel to every application; the first claim has it. */
export const stasisBroadcast: DialplanApp = (step) => {
  const { engine, channel, done } = step;
  const [timeout, filter = '', args = '', notify = ''] = splitList(step.data);
  const timeoutMs = timeout === undefined || timeout === '' ? 500 : Number.parseInt(timeout, 10) || 0;
  let stop: (() => void) | void;
  engine.channels.setVariable(channel, 'STASISSTATUS', '');
  const nobody = (): void => engine.channels.setVariable(channel, 'STASISSTATUS', 'TIMEOUT');
  channel.unread = true;
  const broadcast = engine.broadcasts.start(channel, {
    timeoutMs: Math.min(timeoutMs, 60_000),
    filter,
    notifyClaimed: /^(yes|true|y|t|1|on)$/i.test(notify),
    claimed: (application) => {
      channel.unread = false;
      stop = enter(step, application, args === '' ? [] : args.split(':'), () => broadcast.end());
    },
    expired: () => {
      channel.unread = false;
      nobody();
      done();
    },
  });
  return () => {
    broadcast.end();
    if (channel.unread) nobody();
    else stop?.();
  };
};

function enter(
  step: StepContext,
  application: string,
  args: readonly string[],
  left: () => void = () => {},
): (() => void) | void {
  const { engine, channel } = step;
  const leave = (how: Leaving): void => {
    left();
    goOn(step, how);
  };
  const stay = engine.stasis.enter(channel, application, args, { inDialplan: true, leave });
  if (stay) {
    return () => {
      stay.hungUp();
      left();
    };
  }
  left();
  step.done();
  return undefined;
}

function goOn({ done, goto }: StepContext, how: Leaving): void {
  if (how.kind === 'continue') goto(how.context, how.exten, how.priority);
  else if (how.kind === 'end') done();
}
