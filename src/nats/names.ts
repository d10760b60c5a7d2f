/** Whether Asterisk may call itself so: in headers it has one line, which loses blanks at its ends, and so it has in a log. */
export function isNodeId(id: string): boolean {
  return /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(id);
}

/** Whether a text stays in its line, wherever it is shown. */
export function isOneLine(text: string): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
