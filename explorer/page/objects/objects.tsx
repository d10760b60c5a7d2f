import { useEffect } from 'preact/hooks';
import type { Data, ObjectsNow } from '../../shared/objects.js';
import { choose } from '../live/choice.js';
import { tab } from '../state.js';
import { shownText } from '../ui/shown.js';
import { openForm } from '../try/values.js';
import { tables, type Column, type Table } from './columns.js';
import { failure, now, refresh } from './now.js';

/** What there is in Asterisk at this moment. */
export function Objects() {
  useEffect(() => void refresh(), []);
  const objects = now.value;
  return (
    <div class="objects">
      {failure.value !== '' && (
        <p class="warning" role="alert">
          {shownText(failure.value)}
        </p>
      )}
      {objects && tables.map((table) => <ObjectTable key={table.list} table={table} objects={objects} />)}
    </div>
  );
}

function ObjectTable({ table, objects }: { readonly table: Table; readonly objects: ObjectsNow }) {
  const list = objects[table.list];
  const refused = objects.refused[table.list];
  // A column that says nothing of any is left out.
  const columns = table.columns.filter(([, text], index) => index === 0 || list.some((object) => text(object) !== ''));
  return (
    <section aria-label={table.title}>
      <h2>
        {table.title} <span class="count">{list.length}</span>
      </h2>
      {refused !== undefined && <p class="warning">{shownText(refused)}</p>}
      {list.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={`Table of ${table.title.toLowerCase()}`}>
          <table>
            <thead>
              <tr>
                {columns.map(([title]) => (
                  <th scope="col" key={title}>
                    {title}
                  </th>
                ))}
                <th scope="col">
                  <span class="hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((object) => (
                <ObjectRow key={keyOf(table, object)} table={table} object={object} columns={columns} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly table: Table;
  readonly object: Data;
  readonly columns: readonly Column[];
}

function ObjectRow({ table, object, columns }: RowProps) {
  const { objectOf, operation, params } = table;
  const label = shownText(columns[0]?.[1](object) ?? '');
  const show = (): void => {
    choose(objectOf?.(object));
    tab.value = 'live';
  };
  return (
    <tr>
      {columns.map(([title, text]) => (
        <td key={title}>
          <div class="text">{shownText(text(object))}</div>
        </td>
      ))}
      <td class="actions">
        {objectOf !== undefined && (
          <button type="button" aria-label={`Ladder of ${label}`} onClick={show}>
            Ladder
          </button>
        )}
        <button
          type="button"
          aria-label={`Try an operation on ${label}`}
          onClick={() => openForm(operation, params(object))}
        >
          Try
        </button>
      </td>
    </tr>
  );
}

function keyOf({ params }: Table, object: Data): string {
  return Object.values(params(object)).join('/');
}
