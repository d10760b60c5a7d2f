import type { OperationForm } from './operation.js';

/** Operations that reach out of Asterisk: somebody's telephone rings, or a message is sent. */
const OUTWARD = /^(channels\.(originate|originateWithId|create|dial|externalMedia)|endpoints\.(sendMessage|refer)\w*)$/;

/** Why one should think twice before an operation; nothing for one that is harmless. */
export function dangerOf({ id, method }: Pick<OperationForm, 'id' | 'method'>): string | undefined {
  if (method === 'GET') return undefined;
  if (id.startsWith('asterisk.')) return 'It changes Asterisk itself: its configuration, modules, variables or log.';
  if (method === 'DELETE') return 'It ends or deletes something, which cannot be undone.';
  if (OUTWARD.test(id)) return 'It reaches out of Asterisk: it may ring a telephone, or send something to one.';
  return undefined;
}
