import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { readManifest } from '../baseline/read.ts';
import { GateError, messageOf } from '../errors.ts';
import { readBounded } from '../paths.ts';
import { runReport } from '../report/alone.ts';
import { type HistoryEntry, HistorySchema } from '../report/history.ts';
import { historyBadge } from '../report/reporters/badge.ts';
import { historyEntry } from '../report/reporters/history.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderSite } from '../report/site/page.tsx';
import { byGate, dateOf, type SiteRun } from '../report/site/runs.ts';
import { note, writeOutput } from './shared.ts';

const Flags = z.object({ out: z.string() });

const MAX_DOCUMENT_BYTES = 64 * 2 ** 20;

/** A run as it lies on disk: what it says, and what its page is made of. */
interface Found {
  /** Of the file or folder, without extension: time and label. */
  readonly name: string;
  readonly entry: HistoryEntry;
  /** Writes the run's page; null where it has none of its own. */
  readonly page: ((file: string) => Promise<void>) | null;
}

/** `site`: the pages of a history, for GitHub Pages or any other host of files. */
export function addSiteCommand(program: Command): void {
  program
    .command('site')
    .description(
      'draw the history of nightly or main runs: an index page with charts, verdicts and a table, ready for GitHub Pages',
    )
    .argument(
      '<histories...>',
      'in order: history.json files (or verdicts of --json), run directories, or folders of such files; a name that begins with a date says when',
    )
    .requiredOption('--out <dir>', 'where index.html and reports/ go')
    .action(async (histories: string[], flags: unknown) => {
      const { out } = Flags.parse(flags);
      const found = (await Promise.all(histories.map(findRuns))).flat();
      if (found.length === 0) {
        throw new GateError('usage', { message: `no history in ${histories.join(', ')}` });
      }
      await mkdir(join(out, 'reports'), { recursive: true });
      const runs = await writePages(found, out);
      const gates = byGate(runs);
      await writeOutput(join(out, 'index.html'), renderSite(gates));
      for (const [i, gate] of gates.entries()) {
        const badge = i === 0 ? 'badge.json' : `badge-${fileName(gate.name)}.json`;
        await writeOutput(join(out, badge), historyBadge(gate.runs.at(-1)!.entry));
      }
      note(`site: ${join(out, 'index.html')}, ${runs.length} runs`);
    });
}

async function findRuns(path: string): Promise<Found[]> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw new GateError('usage', { message: `not found: ${path}` });
  if (!stats.isDirectory()) return [await readHistory(path)];
  if (existsSync(join(path, 'run.json'))) return [await readRunDirectory(path)];
  const names = (await readdir(path)).filter((name) => extname(name) === '.json').sort();
  return Promise.all(names.map((name) => readHistory(join(path, name))));
}

async function readHistory(file: string): Promise<Found> {
  const bytes = await readBounded(file, 'the history', MAX_DOCUMENT_BYTES, 'usage');
  const name = basename(file, extname(file));
  const page = `${file.slice(0, -extname(file).length)}.html`;
  return {
    name,
    entry: parseHistory(bytes.toString(), file),
    page: existsSync(page) ? (to) => copyFile(page, to) : null,
  };
}

function parseHistory(text: string, file: string): HistoryEntry {
  const fix = 'a history is what --history writes, or what --json prints of two runs';
  try {
    return HistorySchema.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const message = issue
      ? `not a history: ${issue.path.join('.') || 'the document'} is missing or of another kind`
      : `not JSON: ${messageOf(error)}`;
    throw new GateError('usage', { message, place: { file }, fix }, { cause: error });
  }
}

/** The tables are not needed: a history may keep run.json alone. */
async function readRunDirectory(directory: string): Promise<Found> {
  const report = runReport(await readManifest(directory));
  return {
    name: basename(resolve(directory)),
    entry: historyEntry(report),
    page: (to) => writeOutput(to, renderHtml(report)),
  };
}

async function writePages(found: readonly Found[], out: string): Promise<SiteRun[]> {
  const taken = new Set<string>();
  const runs: SiteRun[] = [];
  for (const { name, entry, page } of found) {
    const file = `reports/${unused(fileName(name), taken)}.html`;
    if (page !== null) await page(join(out, file));
    runs.push({ ...dateOf(name), entry, report: page === null ? entry.links.report : file });
  }
  return runs;
}

/** A name as a file's: letters, digits, dot, dash and underscore. */
function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80) || 'run';
}

function unused(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}-${n}`;
  taken.add(free.toLowerCase());
  return free;
}
