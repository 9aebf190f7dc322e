import type { Comparison } from '../../src/compare/comparison.ts';
import type { StandingRow } from '../../src/compare/several.ts';
import type { SeveralExample } from '../../src/report/images.ts';
import type { FailurePicture, Report } from '../../src/report/report.ts';
import type { SeveralReport } from '../../src/report/several.ts';
import {
  brokenReport,
  makeComparison,
  makeManifest,
  makePicture,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

/** Where each run stands in each row: the second run is the best, the others behind it. */
function standings(comparison: Comparison, runs: number): StandingRow[] {
  return comparison.nodes
    .filter(({ level }) => level !== 'perturbation' && level !== 'condition')
    .map(({ level, name, metric, candidate }) => ({
      level,
      name,
      metric,
      runs: Array.from({ length: runs }, (_, run) =>
        run === 1
          ? { map: candidate + 2, place: 'best' as const, behind: null }
          : {
              map: candidate - run,
              place: run === 0 ? ('close' as const) : ('behind' as const),
              behind: { drop: 2 + run, interval: [run - 1, run + 5] as const },
            },
      ),
    }));
}

function from(reports: readonly Report[], names: readonly string[]): SeveralReport {
  const [first] = reports;
  const againstFirst = reports.flatMap(({ comparison }) => comparison ?? []);
  return {
    runs: [
      { name: names[0]!, manifest: first!.baseline!, verdict: null },
      ...reports.map(({ candidate, verdict }, i) => ({
        name: names[i + 1]!,
        manifest: candidate,
        verdict,
      })),
    ],
    comparison: {
      againstFirst,
      rows: standings(againstFirst[0]!, reports.length + 1),
      alpha: 0.05,
      pairs: 3,
    },
    pictures: [],
    noPictures: null,
  };
}

/** Three runs, or as many as asked for, of the drawn construction site. */
export function severalReport(changes: Partial<SeveralReport> = {}, runs = 3): SeveralReport {
  const reports = Array.from({ length: runs - 1 }, (_, i) => {
    const report = regressedReport({
      candidate: makeManifest({ model: { file: `${i}.onnx`, digest: `${i % 10}`.repeat(64) } }),
    });
    const { failures } = report.comparison!;
    return i === 0 ? report : { ...report, comparison: makeComparison(-1, { failures }) };
  });
  const names = Array.from({ length: runs }, (_, i) => `runs/model-${i}`);
  return { ...from(reports, names), ...changes };
}

/** Three runs of which next to nothing is known. */
export function brokenSeveral(): SeveralReport {
  return from([brokenReport(), brokenReport()], ['a', 'b', 'c']);
}

/** Three runs in which everything that a pull request can name is `name`. */
export function untrustedSeveral(name: string): SeveralReport {
  const report = untrustedReport(name);
  return { ...from([report, report], [name, name, name]), pictures: [makeSeveralPicture(name)] };
}

/** A failure of three runs: the second breaks it, the third fixes another object in it. */
export function makeSeveralPicture(name: string): FailurePicture<SeveralExample> {
  const { example, original, changed } = makePicture(name);
  const [good, bad] = original.models;
  const models = [good!, bad!, good!];
  return {
    example: {
      ...example,
      changes: [
        { run: 1, kind: 'broken', classes: [name, name] },
        { run: 2, kind: 'fixed', classes: [name] },
      ],
    },
    original: { ...original, models },
    changed: { ...changed, models },
  };
}
