/**
 * Whether Asterisk, where it separates a text at commas, leaves this one whole and as it is: it takes quotes and
 * backslashes for its own, and does not look for commas within parentheses and brackets.
 */
export function staysWhole(text: string): boolean {
  const open = { parentheses: 0, brackets: 0 };
  for (const character of text) {
    switch (character) {
      case '"':
      case '\\':
        return false;
      case '(':
        open.parentheses += 1;
        break;
      case ')':
        open.parentheses -= 1;
        break;
      case '[':
        open.brackets += 1;
        break;
      case ']':
        open.brackets -= 1;
        break;
      case ',':
        if (open.parentheses === 0 && open.brackets === 0) {
          return false;
        }
    }
    if (open.parentheses < 0 || open.brackets < 0) {
      return false;
    }
  }
  return open.parentheses === 0 && open.brackets === 0;
}
