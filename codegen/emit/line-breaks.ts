const lineWidth = 120;

/** What ts-morph leaves to a formatter: lists and signatures that are too long for a line, blanks at its end. */
export function breakLines(text: string): string {
  return text
    .split('\n')
    .map((line) => breakLine(line.trimEnd()))
    .join('\n');
}

function breakLine(line: string): string {
  if (line.length <= lineWidth || /^\s*(\/\/|\*)/.test(line)) {
    return line;
  }
  const list = /^((?:import|export)(?: type)?) \{ (.*) \} (from .*)$/.exec(line);
  if (list) {
    const [, keyword = '', names = '', from = ''] = list;
    return `${keyword} {\n${oneEach(names.split(', '), '  ')}} ${from}`;
  }
  const method = /^(\s+)(\S+)\((params\??: .*), (options\?: \w+)\): (.*)$/.exec(line);
  if (method) {
    const [, indent = '', name = '', params = '', options = '', rest = ''] = method;
    return `${indent}${name}(\n${oneEach([params, options], `${indent}  `)}${indent}): ${rest}`;
  }
  return line;
}

function oneEach(items: readonly string[], indent: string): string {
  return items.map((item) => `${indent}${item},\n`).join('');
}
