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

/** How much larger than it is drawn, for texts of 11 pixels. */
const SCALE = 1.2;

/** The drawing without the style that it brings, which would load a font from elsewhere. */
function draw(source: string): string {
  const svg = renderMermaidSVG(source, {
    bg: 'var(--vp-c-bg)',
    fg: 'var(--vp-c-text-1)',
    transparent: true,
    padding: 8,
  });
  return svg
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/ width="([\d.]+)" height="[\d.]+"/, (_, width) => ` width="${Math.round(Number(width) * SCALE)}"`)
    .replaceAll(/\n\s*/g, '');
}
