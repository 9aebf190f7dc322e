/** Names longer than this are cut when they are shown. */
const MAX_NAME = 80;

/** Sentences from untrusted sources longer than this are cut when they are shown. */
export const MAX_SENTENCE = 600;

// Controls, bidirectional and zero-width marks, tags, lone surrogates, line breaks: none of them is to be seen.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

const ZERO_WIDTH = '\u200b';

/**
 * Untrusted text as one line of visible characters: normalised (NFC), without control, bidirectional and
 * zero-width characters and without comment marks, cut to `limit` characters. Still to be escaped for where
 * it is shown.
 */
export function plain(text: string, limit: number = MAX_NAME): string {
  // Cut first: normalising megabytes only to drop them would be slow.
  const visible = text
    .slice(0, 8 * limit)
    .normalize('NFC')
    .replace(UNSEEN, ' ')
    .replace(/<!-*|-+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(visible);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : visible;
}

/** Untrusted text for XML, in an attribute or between tags. */
export function xml(text: string): string {
  return plain(text, MAX_SENTENCE)
    .replace(/[\ufffe\uffff]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Untrusted text as a Markdown code span: nothing in it is a link, a mention or markup. */
export function code(text: string): string {
  const shown = plain(text) || ' ';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || shown.startsWith(' ') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** As `code`, for a cell of a Markdown table: the table's own escape keeps a pipe inside the cell. */
export function codeCell(text: string): string {
  return code(text).replaceAll('\\', '＼').replaceAll('|', '\\|');
}

/** Untrusted text as Markdown prose: shown as it is, linked to nothing. */
export function prose(text: string): string {
  return plain(text, MAX_SENTENCE)
    .replace(/[\\`*_{}[\]()#!|~$^]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#]/g, `$&${ZERO_WIDTH}`)
    .replace(/:(?=\/)/g, `:${ZERO_WIDTH}`)
    .replace(/\bGH(?=-\d)/gi, `$&${ZERO_WIDTH}`)
    .replace(/\b[0-9a-f]{6}(?=[0-9a-f]{1,34}\b)/gi, `$&${ZERO_WIDTH}`)
    .replace(/www(?=\.)/gi, `$&${ZERO_WIDTH}`)
    .replace(/^([-+=]|\d+(?=[.)](\s|$)))/, `${ZERO_WIDTH}$1`);
}

/** A Markdown link to an address that we built; the bare text where there is none or it is not plain https. */
export function link(label: string, url: string | null): string {
  return url !== null && webAddress(url) ? `[${label}](${url})` : label;
}

/** Whether the address is one that a report may link to. */
export function webAddress(url: string): boolean {
  return /^https?:\/\/[\w.:-]+(\/[\w./~%?&=+,:@-]*)?(#[\w./~%?&=+,:@-]*)?$/.test(url);
}

/** Untrusted text for a terminal or a CI log: no escape sequence, and no command to GitHub's runner. */
export function terminal(text: string, limit: number = MAX_SENTENCE): string {
  return plain(text, limit)
    .replace(/:(?=:)/g, `:${ZERO_WIDTH}`)
    .replaceAll('##[', `##${ZERO_WIDTH}[`);
}
