import { Live } from './live/live.js';
import { Objects } from './objects/objects.js';
import { shownText } from './ui/shown.js';
import { about, announcement, isOnline, tab, tabs, type Tab } from './state.js';
import { nextTheme, theme } from './theme.js';
import { Try } from './try/try.js';

const titles: Readonly<Record<Tab, string>> = { live: 'Live', objects: 'Objects', try: 'Try' };

const panels: Readonly<Record<Tab, () => preact.JSX.Element>> = { live: Live, objects: Objects, try: Try };

/** The page. */
export function App() {
  const Panel = panels[tab.value];
  return (
    <>
      <header class="bar">
        <h1>ari-explorer</h1>
        <Tabs />
        <span class="spacer" />
        <Where />
        <button type="button" onClick={nextTheme} title="Colours of the page">
          <span class="wide">Theme: </span>
          {theme.value}
        </button>
      </header>
      <main>
        <div class="panel" id={`panel-${tab.value}`} role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
          <Panel />
        </div>
      </main>
      <div class="hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}

function Tabs() {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab.value) + step + tabs.length) % tabs.length];
    if (step === 0 || next === undefined) return;
    tab.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Views" onKeyDown={onKeyDown}>
      {tabs.map((each) => (
        <button
          type="button"
          role="tab"
          id={`tab-${each}`}
          key={each}
          aria-selected={each === tab.value}
          aria-controls={each === tab.value ? `panel-${each}` : undefined}
          tabIndex={each === tab.value ? 0 : -1}
          onClick={() => (tab.value = each)}
        >
          {titles[each]}
        </button>
      ))}
    </div>
  );
}

/** Which Asterisk, and how it stands with it. */
function Where() {
  const known = about.value;
  if (known === undefined) return <span class="where">connecting …</span>;
  const state = isOnline.value ? known.state : 'gone';
  return (
    <span class="where">
      {known.demo && <span class="badge">demo</span>}
      {known.readOnly && <span class="badge">read-only</span>}
      <span class="server">
        Asterisk {known.release} · {known.server}
      </span>
      <span class="apps" title="Applications that this explorer is">
        {shownText(known.apps.join(', '))}
      </span>
      <span class={`link ${state}`}>{isOnline.value ? known.state : 'ari-explorer has gone'}</span>
    </span>
  );
}
