/** Takes out of a text what differs from run to run: the application's name and ids. */
export function normalise(text: string, app: string): string {
  return (
    text
      .replaceAll(app, 'APP')
      .replaceAll(/Asterisk\/[\w.+~-]+/g, 'Asterisk/RELEASE')
      .replaceAll(app.replaceAll('-', '_'), 'APP')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/(?<![\d.])\d{9,}\.\d+\b/g, 'ID')
      .replaceAll(/[-/](?:0x)?[0-9a-f]{8,}(?=$|[;@"])/g, '')
      // A real Asterisk takes the telephones of scenarios, from number 100 on, for its endpoint `loop`.
      .replaceAll(/PJSIP\/10\d\b/g, 'PJSIP/loop')
      .replaceAll(/"10\d"/g, '"100"')
      .replaceAll(/\b127\.0\.0\.1:\d{5}\b/g, '127.0.0.1:PORT')
  );
}

/** Fields whose value nobody can foretell; that they are there counts. */
const varying =
  /(^|\.)(timestamp|asterisk_id|creationtime|duration|duration_ms|talking_duration|silence_duration|setup_time)$/;

/** A whole event as paths and values, what varies as `*`. */
export function flatten(value: object, app: string, prefix = ''): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, item] of Object.entries(value) as [string, unknown][]) {
    const path = prefix + name;
    if (varying.test(path)) {
      fields[path] = '*';
    } else if (item !== null && typeof item === 'object' && !Array.isArray(item)) {
      Object.assign(fields, flatten(item, app, `${path}.`));
    } else {
      fields[path] = normalise(JSON.stringify(item), app);
    }
  }
  return fields;
}
