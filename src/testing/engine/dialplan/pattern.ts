const CLASSES = new Map(Object.entries({ X: '[0-9]', Z: '[1-9]', N: '[2-9]', '.': '.+', '!': '.*' }));

/** The regular expression for an extension's name or, after `_`, its pattern. */
export function patternExpression(name: string): RegExp {
  if (!name.startsWith('_')) return new RegExp(`^${escape(name)}$`);
  const source = name.slice(1).replaceAll(/\[[^\]]+\]|./g, (part) => {
    if (part.length > 1) return part;
    return CLASSES.get(part.toUpperCase()) ?? escape(part);
  });
  return new RegExp(`^${source}$`);
}

function escape(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
