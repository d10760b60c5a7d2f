import { computed, signal } from '@preact/signals';
import type { OperationForm } from '../../shared/operation.js';
import { about, forms } from '../state.js';
import { Form } from './form.js';
import { chosenOperation, operationOf } from './values.js';

const search = signal('');

/** The operations that are looked for, by resource. */
const found = computed(() => {
  const words = search.value
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const matches = ({ id, path, summary = '' }: OperationForm): boolean => {
    const text = `${id} ${path} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const byResource = new Map<string, OperationForm[]>();
  for (const operation of (forms.value?.operations ?? []).filter(matches)) {
    const resource = operation.id.split('.')[0] ?? '';
    byResource.set(resource, [...(byResource.get(resource) ?? []), operation]);
  }
  return byResource;
});

/** Every operation of this Asterisk as a form. */
export function Try() {
  const operation = operationOf(chosenOperation.value);
  const described = forms.value?.release;
  return (
    <div class="try">
      <nav class="operations" aria-label="Operations">
        <input
          type="search"
          placeholder="Search operations"
          aria-label="Search operations"
          value={search.value}
          onInput={({ currentTarget }) => (search.value = currentTarget.value)}
        />
        {[...found.value].map(([resource, operations]) => (
          <Resource key={resource} resource={resource} operations={operations} />
        ))}
      </nav>
      <section class="form" aria-label="Operation">
        {operation !== undefined ? (
          <Form key={operation.id} operation={operation} />
        ) : (
          <p class="empty">
            Choose an operation. They are those of Asterisk {described}
            {about.value?.release === described ? '.' : `; yours is ${about.value?.release ?? ''}.`}
          </p>
        )}
      </section>
    </div>
  );
}

function Resource({
  resource,
  operations,
}: {
  readonly resource: string;
  readonly operations: readonly OperationForm[];
}) {
  return (
    <section aria-label={resource}>
      <h2>{resource}</h2>
      {operations.map(({ id, method, summary }) => (
        <button
          type="button"
          key={id}
          title={summary}
          aria-current={id === chosenOperation.value}
          onClick={() => (chosenOperation.value = id)}
        >
          <span class={`method ${method}`}>{method}</span> {id.slice(resource.length + 1)}
        </button>
      ))}
    </section>
  );
}
