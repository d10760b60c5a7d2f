import type { Entry } from '../../shared/entry.js';
import { exchangeOf } from '../../shared/selection.js';
import { Copy } from '../ui/copy.js';
import { Json } from '../ui/json.js';
import { shownLines } from '../ui/shown.js';
import { choose, chosenCall, chosenEntry } from './choice.js';
import { clock, labelOf } from './describe.js';
import { log } from './log.js';

/** The JSON of the chosen entry; of a request, its answer as well. */
export function Detail() {
  const entry = chosenEntry.value;
  if (entry === undefined) return null;
  const other = counterpart(entry);
  const call = log.callOf.get(entry);
  const close = (): void => {
    chosenEntry.value = undefined;
  };
  return (
    <aside class="detail" aria-label="Chosen entry" onKeyDown={({ key }) => key === 'Escape' && close()}>
      <header>
        <h2>{labelOf(entry)}</h2>
        <button type="button" aria-label="Close" onClick={close}>
          ×
        </button>
        <span class="when">
          {entry.kind} {entry.seq} · {clock(entry.at)}
        </span>
        <span class="spacer" />
        {call !== undefined && chosenCall.value === undefined && (
          <button type="button" onClick={() => choose(call.key)}>
            Show its call
          </button>
        )}
        <Copy text={shownLines(JSON.stringify(entry, undefined, 2))}>Copy JSON</Copy>
      </header>
      <Json value={entry} label={`JSON of the ${entry.kind}`} />
      {other !== undefined && (
        <>
          <h3>{other.kind === 'answer' ? `answer: ${labelOf(other)}` : `request: ${labelOf(other)}`}</h3>
          <Json value={other} label={`JSON of the ${other.kind}`} />
        </>
      )}
    </aside>
  );
}

/** The answer to a request, the request of an answer. */
function counterpart(entry: Entry): Entry | undefined {
  if (entry.kind !== 'request' && entry.kind !== 'answer') return undefined;
  const exchange = exchangeOf(entry);
  return log.entries.findLast(
    (each) =>
      (each.kind === 'request' || each.kind === 'answer') && each.kind !== entry.kind && exchangeOf(each) === exchange,
  );
}
