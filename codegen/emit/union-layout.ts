/**
 * A type as it stands after a property's name: one line where it fits, else one member of the union a line.
 * @param column characters on the line before the type
 */
export function layout(text: string, column: number): string {
  const members = splitUnion(text);
  if (members.length < 2 || column + text.length < 118) {
    return text;
  }
  return members.map((member) => `\n| ${member}`).join('');
}

/** The members of the outermost union: bars within brackets and quotes are none of its own. */
export function splitUnion(text: string): string[] {
  const members: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quoted) {
      index += character === '\\' ? 1 : 0;
      quoted = character !== "'";
    } else if (character === "'") {
      quoted = true;
    } else if ('([{<'.includes(character)) {
      depth += 1;
    } else if (')]}>'.includes(character)) {
      depth -= 1;
    } else if (character === '|' && depth === 0) {
      members.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...members, text.slice(start).trim()];
}
