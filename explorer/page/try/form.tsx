import { useSignal } from '@preact/signals';
import { dangerOf } from '../../shared/danger.js';
import type { OperationForm } from '../../shared/operation.js';
import type { OperationOutcome, OperationRequest } from '../../shared/protocol.js';
import { post } from '../request.js';
import { about } from '../state.js';
import { Copy } from '../ui/copy.js';
import { Prose } from '../ui/prose.js';
import { callText } from './call-text.js';
import { Confirm } from './confirm.js';
import { Field } from './field.js';
import { Outcome } from './outcome.js';
import { read, values } from './values.js';

/** The form of one operation. */
export function Form({ operation }: { readonly operation: OperationForm }) {
  const isTried = useSignal(false);
  const isAsked = useSignal(false);
  const isSending = useSignal(false);
  const outcome = useSignal<OperationOutcome | undefined>(undefined);
  const { params, faults } = read(operation, values.value);
  const danger = dangerOf(operation, params);
  const isBarred = about.value?.readOnly === true && (operation.method !== 'GET' || danger !== undefined);

  const send = async (confirmed: boolean): Promise<void> => {
    isAsked.value = false;
    isSending.value = true;
    outcome.value = undefined;
    const request: OperationRequest = { operation: operation.id, params, confirmed };
    try {
      outcome.value = (await (await post('/api/operation', request)).json()) as OperationOutcome;
    } catch (error) {
      outcome.value = {
        ok: false,
        ms: 0,
        error: { name: 'Refused', message: error instanceof Error ? error.message : String(error) },
      };
    }
    isSending.value = false;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    isTried.value = true;
    const [wrong] = Object.keys(faults);
    if (wrong !== undefined) document.getElementById(`parameter-${wrong}`)?.focus();
    else if (danger !== undefined) isAsked.value = true;
    else void send(false);
  };

  const text = callText(operation, params);
  return (
    <form class="operation" onSubmit={submit} noValidate>
      <h2>
        {operation.id} <span class={`method ${operation.method}`}>{operation.method}</span>{' '}
        <code>{operation.path}</code>
      </h2>
      {operation.summary !== undefined && <Paragraph text={operation.summary} />}
      {operation.notes !== undefined && <Paragraph text={operation.notes} />}
      <Facts operation={operation} />
      {operation.params.map((parameter) => (
        <Field key={parameter.name} parameter={parameter} fault={isTried.value ? faults[parameter.name] : undefined} />
      ))}
      <div class="foot">
        <div class="code">
          <pre tabIndex={0} role="region" aria-label="The call in TypeScript">
            {text}
          </pre>
          <Copy text={text} />
        </div>
        <div class="send">
          <button
            type="submit"
            class={danger === undefined ? 'primary' : 'primary danger'}
            disabled={isBarred || isSending.value}
          >
            {isSending.value ? 'Sending …' : danger === undefined ? 'Send' : 'Send …'}
          </button>
          {isBarred && (
            <span class="hint">read-only: nothing but GET is sent, and no function is read that may act</span>
          )}
        </div>
      </div>
      {isAsked.value && danger !== undefined && (
        <Confirm text={text} danger={danger} onYes={() => void send(true)} onNo={() => (isAsked.value = false)} />
      )}
      {outcome.value !== undefined && <Outcome outcome={outcome.value} operation={operation} />}
    </form>
  );
}

function Paragraph({ text }: { readonly text: string }) {
  return (
    <p>
      <Prose text={text} />
    </p>
  );
}

function Facts({ operation: { since, modules, returns, errors } }: { readonly operation: OperationForm }) {
  const facts = [
    `returns ${returns}`,
    ...(since.length > 0 ? [`since ${since.join(', ')}`] : []),
    ...(modules.length > 0 ? [`needs ${modules.join(', ')}`] : []),
    ...errors.map(({ code, reason }) => (reason === undefined ? String(code) : `${code}: ${reason}`)),
  ];
  return (
    <ul class="facts">
      {facts.map((fact) => (
        <li key={fact}>
          <Prose text={fact} />
        </li>
      ))}
    </ul>
  );
}
