import type { Lane } from '../picture/lanes.js';

const fixed = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2330; --dim: #687086; --line: #c9cedb; --head: #f3f5f9;
  --request: #1857b8; --answer: #4a5b78; --event: #0f7048; --failure: #b3261e; --trouble: #8a5300; --notice: #687086; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171f; --ink: #e4e8f1; --dim: #98a1b5; --line: #3a4152; --head: #1d212c;
    --request: #8ab4f8; --answer: #aab8d0; --event: #6fd3a4; --failure: #ff8a80; --trouble: #f2b866; --notice: #98a1b5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.4 system-ui, sans-serif; }
header { padding: 1rem; }
h1 { margin: 0 0 .25rem; font-size: 1.15rem; overflow-wrap: anywhere; }
header p { margin: 0; color: var(--dim); }
fieldset { border: 0; margin: .75rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
legend { float: left; padding: 0; color: var(--dim); margin-right: 1rem; }
main { overflow-x: auto; }
.ladder { padding-bottom: 2rem; }
.heads { position: sticky; top: 0; z-index: 1; background: var(--head); border-block: 1px solid var(--line); padding: .4rem 0; }
.head { text-align: center; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; padding: 0 .25rem; }
details { content-visibility: auto; contain-intrinsic-height: auto 2.3rem; }
summary { cursor: pointer; list-style: none; min-height: 2.3rem; align-items: end; }
summary::-webkit-details-marker { display: none; }
summary:hover, details[open] > summary { background: color-mix(in srgb, var(--dim) 12%, transparent); }
summary:focus-visible { outline: 2px solid var(--request); outline-offset: -2px; }
.ladder { position: relative; }
.ladder::before { content: ''; position: absolute; inset: 0 0 0 var(--times); pointer-events: none;
  background: linear-gradient(to right, transparent calc(50% - .5px), var(--line) 0 calc(50% + .5px), transparent 0) repeat-x; }
.row { display: grid; position: relative; }
time { grid-column: 1; grid-row: 1; align-self: center; text-align: right; padding-right: .75rem; color: var(--dim);
  font-variant-numeric: tabular-nums; }
.arrow, .tip, .about, .note { grid-row: 1; }
.arrow { border-bottom: 2px solid currentColor; margin-bottom: .4rem; padding: .15rem .75rem 0; text-align: center;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.answer .arrow, .event .arrow { border-bottom-style: dashed; }
.tip { align-self: end; margin-bottom: calc(.4rem + 1px - .3rem); border: .3rem solid transparent; }
.rightward { justify-self: end; border-left: .5rem solid currentColor; border-right: 0; }
.leftward { justify-self: start; border-right: .5rem solid currentColor; border-left: 0; }
.about { align-self: end; justify-self: start; width: .55rem; height: .55rem; border-radius: 50%; background: currentColor;
  margin: 0 0 calc(.4rem + 1px - .275rem) -.275rem; }
.note { grid-column: 2 / -1; align-self: center; margin: .15rem 1rem; padding: .1rem .6rem; background: var(--paper);
  border: 1px dashed currentColor; border-radius: .25rem; }
.request { color: var(--request); } .answer { color: var(--answer); } .event { color: var(--event); }
.failure { color: var(--failure); } .trouble { color: var(--trouble); } .notice { color: var(--notice); }
pre { margin: 0; padding: .75rem 1rem; background: var(--head); color: var(--ink); overflow-x: auto; position: sticky; left: 0;
  max-width: 100vw; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.45 ui-monospace, monospace; }
@media print { fieldset { display: none; } main { overflow: visible; } .heads { position: static; } }
`;

/** Grid line in the middle of a lane: each has two columns. */
function middleOf(lane: number): number {
  return 3 + lane * 2;
}

/** The style of a page: columns for its lanes, and classes for all that a row may do with them. */
export function styleFor(lanes: readonly Lane[]): string {
  const count = lanes.length;
  const places = lanes.flatMap((_, lane) => {
    const middle = middleOf(lane);
    return [
      `.s${lane} { grid-column-start: ${middle}; } .e${lane} { grid-column-end: ${middle}; }`,
      `.h${lane} { grid-column: ${middle - 1} / span 2; } body:has(#lane${lane}:not(:checked)) .of${lane} { display: none; }`,
    ];
  });
  const shown = ['requests', 'events', 'notes'].map((id) => `body:has(#${id}:not(:checked)) .${id} { display: none; }`);
  const columns = `.row { grid-template-columns: 6.5rem repeat(${count * 2}, minmax(0, 1fr)); }
.ladder { --times: 6.5rem; min-width: ${6.5 + count * 10}rem; } .ladder::before { background-size: calc(100% / ${count}) 100%; }`;
  return [fixed, columns, ...places, ...shown, ''].join('\n');
}
