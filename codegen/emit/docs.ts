import { visible, withoutUnseen } from '../visible.js';

/** Width of the text of a comment, so that lines stay within 120 columns where it stands indented. */
const textWidth = 110;

/**
 * A JSDoc comment for a ts-morph structure: paragraphs, then tags; what is undefined or empty is left out. Foreign text
 * must come through {@link foreign}.
 */
export function docs(paragraphs: readonly (string | undefined)[], tags: readonly string[] = []): string[] {
  const blocks = paragraphs.filter((text) => text !== undefined && text.trim() !== '') as string[];
  const body = blocks.map((text) => wrap(text));
  if (tags.length > 0) {
    body.push(tags.map((tag) => wrap(tag)).join('\n'));
  }
  if (body.length === 0) {
    return [];
  }
  const text = body.join('\n\n').replaceAll('*/', '*\\/');
  return [text.includes('\n') ? `\n${text}` : text];
}

/** The same as a whole comment, for what is written as text. */
export function comment(paragraphs: readonly (string | undefined)[]): string {
  return asComment(docs(paragraphs));
}

/** Documentation as `docs` makes it as a whole comment. */
export function asComment([text]: readonly string[]): string {
  if (text === undefined) {
    return '';
  }
  return text.includes('\n') ? `/**${text.replace(/\n(.*)/g, starred)}\n */\n` : `/** ${text} */\n`;
}

function starred(_: string, line: string): string {
  return line === '' ? '\n *' : `\n * ${line}`;
}

/** Text of the documents, made harmless: it can neither end the comment nor begin a tag, and all of it is seen. */
export function foreign(text: string | undefined): string | undefined {
  return (
    text
      ?.replaceAll('\r', '')
      .split('\n')
      .map((line) => withoutUnseen(line).replace(/\s+/g, ' ').trim())
      .map(withoutTags)
      // one without its other half would quote what is ours
      .map((line) => (line.split('`').length % 2 === 0 ? line.replaceAll('`', "'") : line))
      .join('\n')
      .trim()
  );
}

/** The first sentence of a text of the documents, for places with room for one line. */
export function firstSentence(text: string | undefined): string | undefined {
  return foreign(text)?.split(/(?<=[.!?])\s|\n/)[0];
}

/** A value in code quotes. Not all compilers know them: tags begin within, for some. */
export function code(value: string | number | boolean): string {
  const text = value === '' ? "''" : withoutTags(visible(String(value).replace(/\s/g, ' ')));
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function withoutTags(text: string): string {
  return text.replace(/(^|[ {])@/g, '$1\\@');
}

/** Ends a sentence that the documents left open. */
export function sentence(text: string | undefined): string | undefined {
  return text === undefined || text === '' || /[.!?:…]$/.test(text) ? text : `${text}.`;
}

/** Breaks lines at blanks, but never inside a code quote or a link. */
function wrap(text: string): string {
  return text.split('\n').map(wrapLine).join('\n');
}

function wrapLine(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const tokens = line.match(/(?:`[^`]*`|\{@[^}]*\}|\S)+/g) ?? [];
  const lines: string[] = [];
  let current = '';
  for (const token of tokens) {
    if (current !== '' && current.length + 1 + token.length > textWidth) {
      lines.push(indent + current);
      current = token;
    } else {
      current = current === '' ? token : `${current} ${token}`;
    }
  }
  return [...lines, indent + current].join('\n');
}
