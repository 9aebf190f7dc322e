import type { Report } from '../report.ts';
/** STUB until the reporter lands. */
export function renderHtml(report: Report): string {
  return report.verdict.sentence;
}
