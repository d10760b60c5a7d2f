import type { ParameterForm } from '../../shared/operation.js';
import { Prose } from '../ui/prose.js';
import { suggestions } from './suggestions.js';
import { setValue, values } from './values.js';

interface FieldProps {
  readonly parameter: ParameterForm;
  /** What is wrong with what was typed; shown once it was to be sent. */
  readonly fault: string | undefined;
}

/** One parameter: its name, what it is, and where to type it. */
export function Field({ parameter, fault }: FieldProps) {
  const { name, type, required, description, generated } = parameter;
  const id = `parameter-${name}`;
  return (
    <div class="field">
      <label for={id}>
        <code>{name}</code>
        <span class="type">{type}</span>
        {required && <span class="required">required</span>}
        {generated && <span class="type">made if empty</span>}
        <span class="type">{parameter.in}</span>
      </label>
      <div class="input">
        <Input parameter={parameter} id={id} isWrong={fault !== undefined} />
        {description !== undefined && (
          <p class="hint" id={`${id}-hint`}>
            <Prose text={description} /> {limits(parameter)}
          </p>
        )}
        {fault !== undefined && (
          <p class="fault" id={`${id}-fault`}>
            {fault}
          </p>
        )}
      </div>
    </div>
  );
}

function Input({
  parameter,
  id,
  isWrong,
}: {
  readonly parameter: ParameterForm;
  readonly id: string;
  readonly isWrong: boolean;
}) {
  const { name, control, required, defaultValue, min, max } = parameter;
  const proposals = suggestions(parameter);
  const common = {
    id,
    name,
    value: values.value[name] ?? '',
    'aria-invalid': isWrong,
    'aria-required': required,
    'aria-describedby': `${id}-hint ${isWrong ? `${id}-fault` : ''}`,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => setValue(name, currentTarget.value),
  };
  const placeholder = defaultValue === undefined ? '' : `default: ${defaultValue}`;
  switch (control) {
    case 'boolean':
    case 'choice':
      return (
        <select {...common}>
          <option value="">{defaultValue === undefined ? 'not given' : `not given (${defaultValue})`}</option>
          {(control === 'boolean' ? ['true', 'false'] : (parameter.values ?? [])).map((value) => (
            <option value={value} key={value}>
              {value}
            </option>
          ))}
        </select>
      );
    case 'json':
      return <textarea {...common} rows={3} spellcheck={false} placeholder='{ "name": "value" }' />;
    case 'list':
      return <textarea {...common} rows={2} spellcheck={false} placeholder={placeholder || 'one a line'} />;
    case 'number':
      return <input {...common} type="number" min={min} max={max} placeholder={placeholder} />;
    case 'text':
      return (
        <>
          <input
            {...common}
            type="text"
            list={`${id}-list`}
            autocomplete="off"
            spellcheck={false}
            placeholder={placeholder}
          />
          <datalist id={`${id}-list`}>
            {proposals.map((value) => (
              <option value={value} key={value} />
            ))}
          </datalist>
        </>
      );
  }
}

function limits({ min, max, values, control }: ParameterForm): string {
  if (control === 'number' && (min !== undefined || max !== undefined)) {
    return max === undefined ? `At least ${min}.` : `From ${min ?? '…'} to ${max}.`;
  }
  return control === 'list' && values !== undefined ? `Known: ${values.join(' ')}` : '';
}
