/** A row of a table of the pages, whose second column is code. */
export interface Row {
  readonly line: number;
  readonly code: string;
}

/**
 * The rows of all tables of a page whose second column is headed `asterisk-ari`. The pieces of code in a cell follow one
 * another. What a table's rows need besides, stands in a comment before the table: `<!-- rows: … -->`.
 */
export function rowsOf(page: string): Row[] {
  const rows: Row[] = [];
  let preamble = '';
  let isOurs = false;
  for (const [index, text] of page.split('\n').entries()) {
    const comment = /^<!-- rows: (.*) -->$/.exec(text)?.[1];
    const cells = text.startsWith('|') ? text.split('|').map((cell) => cell.trim()) : undefined;
    if (comment !== undefined) {
      preamble = comment;
    } else if (cells === undefined) {
      if (isOurs) preamble = '';
      isOurs = false;
    } else if (!isOurs) {
      isOurs = cells[2] === '`asterisk-ari`';
    } else if (!/^-+$/.test(cells[1] ?? '')) {
      const pieces = [...(cells[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, piece]) => `${piece};`);
      rows.push({ line: index + 1, code: pieces.length === 0 ? '' : [preamble, ...pieces].join('\n') });
    }
  }
  return rows;
}
