/** Arguments for an application; an empty text has none. */
export function splitArguments(text: string): string[] {
  return text === '' ? [] : splitList(text);
}

/**
 * Splits a comma-separated list the way Asterisk separates an application's arguments: quotes and backslashes protect
 * a comma and vanish, parentheses and brackets protect it and stay.
 */
export function splitList(text: string): string[] {
  const items: string[] = [];
  let item = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      item += text.charAt(at);
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === ',' && !quoted && depth === 0) {
      items.push(item);
      item = '';
    } else {
      if (!quoted && '(['.includes(character)) depth += 1;
      if (!quoted && ')]'.includes(character)) depth = Math.max(0, depth - 1);
      item += character;
    }
  }
  return [...items, item];
}
