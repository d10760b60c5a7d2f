/**
 * Finds where JSON stops being JSON. `JSON.parse` knows, but says so in words that change from one Node to the next, and
 * often without the position.
 */

/** The offset of the first character that cannot be there, or the text's length if the text ends too early. */
export function syntaxErrorOffset(text: string): number {
  const end = new Scanner(text).value(0);
  return end.failed ? end.at : skipSpace(text, end.at);
}

interface Step {
  readonly at: number;
  readonly failed: boolean;
}

const ok = (at: number): Step => ({ at, failed: false });
const fail = (at: number): Step => ({ at, failed: true });

function skipSpace(text: string, at: number): number {
  let next = at;
  while (' \t\r\n\uFEFF'.includes(text[next] ?? 'end')) next += 1;
  return next;
}

class Scanner {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Steps over one value, with the blanks before it. */
  value(from: number): Step {
    const at = skipSpace(this.#text, from);
    switch (this.#text[at]) {
      case '{':
        return this.#members(at + 1, '}', (start) => this.#pair(start));
      case '[':
        return this.#members(at + 1, ']', (start) => this.value(start));
      case '"':
        return this.#string(at);
      case undefined:
      default:
        return this.#word(at);
    }
  }

  #members(from: number, close: string, member: (from: number) => Step): Step {
    let at = skipSpace(this.#text, from);
    if (this.#text[at] === close) return ok(at + 1);
    for (;;) {
      const end = member(at);
      if (end.failed) return end;
      at = skipSpace(this.#text, end.at);
      if (this.#text[at] === close) return ok(at + 1);
      if (this.#text[at] !== ',') return fail(at);
      at += 1;
    }
  }

  #pair(from: number): Step {
    const name = this.#string(skipSpace(this.#text, from));
    if (name.failed) return name;
    const colon = skipSpace(this.#text, name.at);
    return this.#text[colon] === ':' ? this.value(colon + 1) : fail(colon);
  }

  #string(at: number): Step {
    if (this.#text[at] !== '"') return fail(at);
    let next = at + 1;
    for (;;) {
      const char = this.#text[next];
      if (char === undefined || char < ' ') return fail(next);
      if (char === '"') return ok(next + 1);
      if (char === '\\') {
        const escape = /^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.exec(this.#text.slice(next, next + 6));
        if (!escape) return fail(next);
        next += escape[0].length;
      } else {
        next += 1;
      }
    }
  }

  /** A number or one of the three words. */
  #word(at: number): Step {
    const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(
      this.#text.slice(at, at + 400),
    );
    return word ? ok(at + word[0].length) : fail(at);
  }
}
