import { useRef } from 'preact/hooks';
import type { SaveFormat, SaveRequest } from '../../shared/protocol.js';
import { post } from '../request.js';
import { announcement } from '../state.js';
import { download } from '../ui/download.js';
import { selection } from './choice.js';

const files = [
  { format: 'html', name: 'HTML file', ending: 'html' },
  { format: 'jsonl', name: 'JSON lines', ending: 'jsonl' },
  { format: 'mermaid', name: 'Mermaid diagram', ending: 'mmd' },
] as const;

const copies = [
  { format: 'mermaid', name: 'Copy as Mermaid' },
  { format: 'text', name: 'Copy as text' },
] as const;

/** Saves what is shown, or copies it, to be shared. */
export function SaveMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const act = async (format: SaveFormat, what: (text: string) => Promise<void> | void): Promise<void> => {
    if (menu.current !== null) menu.current.open = false;
    try {
      await what(await written(format));
      announcement.value = 'Done';
    } catch (error) {
      announcement.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <details
      class="menu"
      ref={menu}
      onKeyDown={({ key, currentTarget }) => key === 'Escape' && (currentTarget.open = false)}
    >
      <summary>Save</summary>
      <div class="items">
        {files.map(({ format, name, ending }) => (
          <button
            type="button"
            key={name}
            onClick={() => void act(format, (text) => download(fileName(ending), [text]))}
          >
            {name}
          </button>
        ))}
        {copies.map(({ format, name }) => (
          <button
            type="button"
            key={name}
            onClick={() => void act(format, (text) => navigator.clipboard.writeText(text))}
          >
            {name}
          </button>
        ))}
      </div>
    </details>
  );
}

async function written(format: SaveFormat): Promise<string> {
  const request: SaveRequest = { format, selection: selection() };
  return (await post('/api/save', request)).text();
}

function fileName(ending: string): string {
  return `ari-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${ending}`;
}
