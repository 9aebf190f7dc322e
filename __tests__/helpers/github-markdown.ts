import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { rehype } from 'rehype';
import rehypeSanitize from 'rehype-sanitize';

const require = createRequire(import.meta.url);
const stylesheet = require.resolve('github-markdown-css/github-markdown.css');

/** Markdown as GitHub shows it in a comment: GFM (its `> [!NOTE]` included), then what GitHub lets through of HTML. */
export function renderGithubMarkdown(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const alerts = html.replace(
    /<blockquote>\s*<p>\[!(NOTE|WARNING)\]\n?/g,
    (_, kind: string) => `<blockquote><p><strong>${kind}</strong><br>`,
  );
  return rehype()
    .data('settings', { fragment: true })
    .use(rehypeSanitize)
    .processSync(alerts)
    .toString();
}

/** The same as a page with GitHub's style, a comment's width being the window's. */
export async function githubPage(markdown: string): Promise<string> {
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<style>${await readFile(stylesheet, 'utf8')}
body{margin:0}article{padding:16px;box-sizing:border-box}@media (max-width:500px){article{font-size:14px}}</style>
<article class="markdown-body">${renderGithubMarkdown(markdown)}</article>`;
}
