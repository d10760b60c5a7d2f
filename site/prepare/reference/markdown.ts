/** A table of Markdown. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly string[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => align[index] ?? '---')), ...rows.map(line)].join('\n');
}

/** Text for a cell: in one line, and with no end of a cell in it. */
export function cell(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** What the heading of something is linked to as: its text in small letters. */
export function anchor(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}
