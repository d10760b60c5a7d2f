import type { OperationForm } from '../../shared/operation.js';
import type { OperationOutcome, SavedFile } from '../../shared/protocol.js';
import { download } from '../ui/download.js';
import { Json } from '../ui/json.js';
import { shownLines } from '../ui/shown.js';

/** What came of an operation. */
export function Outcome({
  outcome,
  operation,
}: {
  readonly outcome: OperationOutcome;
  readonly operation: OperationForm;
}) {
  return (
    <section class={outcome.ok ? 'outcome good' : 'outcome bad'} role="status" aria-label="Outcome">
      <h3>{outcome.ok ? `done in ${outcome.ms} ms` : `${outcome.error.name} after ${outcome.ms} ms`}</h3>
      {!outcome.ok && <p>{shownLines(outcome.error.message)}</p>}
      {outcome.ok && outcome.file && <File file={outcome.file} name={operation.id} />}
      {outcome.ok && outcome.result !== undefined && <Json value={outcome.result} label="What Asterisk gave" />}
      {outcome.ok && outcome.result === undefined && !outcome.file && <p>Asterisk gave nothing but its success.</p>}
    </section>
  );
}

function File({ file, name }: { readonly file: SavedFile; readonly name: string }) {
  const { bytes, data } = file;
  if (data === undefined) return <p>{bytes} bytes: too many for this page.</p>;
  const save = (): void => download(name, [Uint8Array.from(atob(data), (character) => character.charCodeAt(0))]);
  return (
    <p>
      {bytes} bytes{' '}
      <button type="button" onClick={save}>
        Save file
      </button>
    </p>
  );
}
