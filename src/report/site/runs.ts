import { plain } from '../escape.ts';
import type { HistoryEntry } from '../history.ts';

/** One run of a history as the site shows it. Names are untrusted. */
export interface SiteRun {
  /** "2026-11-24 03:00", "2026-11-24"; null where the name says none. */
  readonly when: string | null;
  /** What the name says beside: a commit, a tag, a folder's name. */
  readonly label: string;
  readonly entry: HistoryEntry;
  /** Where its report is: an address, or a file of the site; null where there is none. */
  readonly report: string | null;
}

/** All runs of one gate, the oldest first. */
export interface SiteGate {
  readonly name: string;
  readonly runs: readonly SiteRun[];
}

const DATED =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[T_ ]([01]\d|2[0-3])[-:.h]?([0-5]\d)(?:[-:.]?[0-5]\d)?Z?)?(?:[-_. ]+|$)/;

/**
 * Time and label of a run from the name of its file or folder, which is all that says when it was made:
 * `2026-11-24T0300-3f9d2c1.json` was made at 03:00 of commit 3f9d2c1.
 *
 * @param name Without folder and extension.
 */
export function dateOf(name: string): Pick<SiteRun, 'when' | 'label'> {
  const match = DATED.exec(name);
  if (!match) return { when: null, label: name };
  const [prefix, day = '', hour, minute] = match;
  return {
    when: hour === undefined ? day : `${day} ${hour}:${minute}`,
    label: name.slice(prefix.length),
  };
}

/** The runs of each gate, gates in the order in which they first come. */
export function byGate(runs: readonly SiteRun[]): SiteGate[] {
  const names = [...new Set(runs.map(({ entry }) => entry.name))];
  return names.map((name) => ({ name, runs: runs.filter(({ entry }) => entry.name === name) }));
}

/** What a run is called, as visible text: its time, and what its name says beside. */
export function runTitle({ when, label }: SiteRun): string {
  return [when, plain(label)].filter((part) => part !== null && part !== '').join(' · ') || 'run';
}

/** mAP x 100 or risk of a node of a run; null where it has none. */
export function valueOf(
  { entry }: SiteRun,
  of: 'map' | 'risk',
  level: string,
  name: string = level,
): number | null {
  const node = entry.candidate.nodes.find((one) => one.level === level && one.name === name);
  return node?.[of] ?? null;
}

/** Families that any of the runs has, in the order in which they first come. */
export function familiesOf(runs: readonly SiteRun[]): string[] {
  const names = runs.flatMap(({ entry }) =>
    entry.candidate.nodes.filter(({ level }) => level === 'family').map(({ name }) => name),
  );
  return [...new Set(names)];
}

/** Why the numbers of a run cannot be held against those of the run before; null where they can. */
export function changeOf(runs: readonly SiteRun[], index: number): string | null {
  const [before, now] = [runs[index - 1]?.entry, runs[index]?.entry];
  if (!before || !now) return null;
  const changed = [
    before.dataset.imagesDigest === now.dataset.imagesDigest ? null : 'images',
    before.dataset.labelsDigest === now.dataset.labelsDigest ? null : 'labels',
    before.suite.digest === now.suite.digest ? null : 'suite',
  ].filter((part) => part !== null);
  return changed.length === 0 ? null : `${changed.join(', ')} changed`;
}
