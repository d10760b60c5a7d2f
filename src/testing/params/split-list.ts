/** How many arguments an application is given; what comes after stays in the last one as it is. */
const MAX_ARGUMENTS = 128;

/** Arguments for a Stasis application; an empty text has none. */
export function splitArguments(text: string): string[] {
  // Asterisk writes them after the application's name and separates the whole.
  return text === '' ? [] : splitList(`app,${text}`, MAX_ARGUMENTS + 1).slice(1);
}

/** Arguments for an application to which a channel is moved: nothing protects a comma, and empty ones vanish. */
export function splitMoved(text: string): string[] {
  return text.split(',').filter((item) => item !== '');
}

/**
 * Splits a comma-separated list the way Asterisk separates an application's arguments: quotes and backslashes protect
 * a comma and vanish, parentheses and brackets protect it and stay, even within quotes.
 */
export function splitList(text: string, limit = Infinity): string[] {
  const items: string[] = [];
  let at = 0;
  let isOpen = false;
  do {
    if (items.length === limit - 1) return [...items, text.slice(at)];
    const { item, end } = readItem(text, at);
    items.push(item);
    isOpen = end < text.length;
    // A last item of quotes alone is taken for none, and another one for what follows the comma.
    if (!isOpen && item === '' && end > at && items.length > 1) items.push('');
    at = end + 1;
  } while (isOpen);
  return items;
}

/** The item that begins there, and where the comma after it is. */
function readItem(text: string, start: number): { readonly item: string; readonly end: number } {
  let item = '';
  let [parentheses, brackets] = [0, 0];
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === ',' && !quoted && parentheses === 0 && brackets === 0) return { item, end: at };
    if (character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === '(') parentheses += 1;
    else if (character === ')') parentheses = Math.max(0, parentheses - 1);
    else if (character === '[') brackets += 1;
    else if (character === ']') brackets = Math.max(0, brackets - 1);
    if (character !== '"') item += text.charAt(at);
  }
  return { item, end: text.length };
}
