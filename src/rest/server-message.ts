/** What an error answer says: ARI's `message`, or of the HTML that Asterisk's HTTP server and proxies send, its text. */
export function messageOf(text: string, contentType: string): string {
  if (contentType.includes('json') || text.startsWith('{')) {
    try {
      const { message, error } = JSON.parse(text) as { message?: string; error?: string };
      return message ?? error ?? '';
    } catch {
      return oneLine(text);
    }
  }
  return oneLine(text.replace(/<(title|style|script)[^>]*>.*?<\/\1>/gis, ' ').replace(/<[^>]*>/g, ' '));
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
