/**
 * The body of a new event filter with the answers to requests among what it allows, because Asterisk filters them like
 * events. A filter that disallows them stays as it is: the event connection is then for events alone.
 */
export function allowAnswers(body: string): string {
  const filter = JSON.parse(body) as { readonly allowed?: unknown };
  const { allowed } = filter;
  const isLimited = Array.isArray(allowed) && allowed.length > 0 && !allowed.some(isAnswer);
  return isLimited ? JSON.stringify({ ...filter, allowed: [...(allowed as unknown[]), answer] }) : body;
}

/** Whether a filter with this body lets answers through as one before it did that let them through, too. */
export function keepsAnswers(body: string | undefined): boolean {
  const { allowed, disallowed } = JSON.parse(body ?? '{}') as {
    readonly allowed?: unknown;
    readonly disallowed?: unknown;
  };
  return disallowed === undefined && Array.isArray(allowed) && (allowed.length === 0 || allowed.some(isAnswer));
}

/** Whether a filter with this body stops answers by name. */
export function refusesAnswers(body: string): boolean {
  const { disallowed } = JSON.parse(body) as { readonly disallowed?: unknown };
  return Array.isArray(disallowed) && disallowed.some(isAnswer);
}

const answer = { type: 'RESTResponse' };

function isAnswer(entry: { readonly type?: unknown } | null): boolean {
  return entry?.type === answer.type;
}
