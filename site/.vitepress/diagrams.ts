import { renderMermaidSVG } from 'beautiful-mermaid';
import type { MarkdownRenderer } from 'vitepress';

/**
 * Draws the `mermaid` fences while the site is built: nothing is loaded for them in the page, and the colours, which are
 * those of theme/style.css, change with it.
 */
export function diagrams(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (token?.info.trim() !== 'mermaid') return fence?.(tokens, index, options, env, self) ?? '';
    return `<div class="diagram" role="img" v-pre>${draw(token.content)}</div>\n`;
  };
}

/** The drawing without the style that it brings, which would load a font from elsewhere. */
function draw(source: string): string {
  const svg = renderMermaidSVG(source, { bg: 'var(--vp-c-bg)', fg: 'var(--vp-c-text-1)', transparent: true, padding: 8 });
  return svg.replace(/<style>[\s\S]*?<\/style>/, '').replaceAll(/\n\s*/g, '');
}
