import type { ClassComparison } from '../../compare/comparison.ts';
import type { RunManifest } from '../../baseline/manifest.ts';
import { suiteNodes } from '../../compare/nodes.ts';
import { plain } from '../escape.ts';
import { grouped, points } from '../format.ts';
import type { Report } from '../report.ts';
import { classDrop } from '../words.ts';
import { Part } from './parts.tsx';

const MAX_ROWS = 200;

/** Every class on clean and on perturbed images. */
export function ClassPart({ report: { comparison, candidate } }: { report: Report }) {
  return (
    <Part
      id="classes"
      title="Class by class"
      lead={`AP@[.50:.95] × 100${comparison ? ', baseline → candidate' : ''}, on clean images and as the mean over families. For information: single classes are not judged.`}
    >
      <div class="scroll">
        {comparison ? <Compared classes={comparison.classes} /> : <Alone candidate={candidate} />}
      </div>
    </Part>
  );
}

function Compared({ classes }: { classes: readonly ClassComparison[] }) {
  const longest = Math.max(1, ...classes.map((entry) => Math.abs(classDrop(entry) ?? 0)));
  return (
    <table>
      <caption class="hidden">Classes, baseline and candidate</caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          <th scope="col" class="n wide">
            objects
          </th>
          <th scope="col" class="n">
            clean
          </th>
          <th scope="col" class="n">
            perturbed
          </th>
          <th scope="col" class="n">
            drop
          </th>
          <th scope="col" class="wide" aria-label="drop as a bar" style="width:22%" />
        </tr>
      </thead>
      <tbody>
        {classes.slice(0, MAX_ROWS).map((entry) => {
          const drop = classDrop(entry);
          return (
            <tr>
              <th scope="row">{plain(entry.name)}</th>
              <td class="n wide">{grouped(entry.objects)}</td>
              <td class="n">
                {points(entry.clean[0])} → {points(entry.clean[1])}
              </td>
              <td class="n">
                {points(entry.perturbed[0])} → {points(entry.perturbed[1])}
              </td>
              <td class="n">{points(drop)}</td>
              <td class="wide">
                <span
                  class="bar"
                  style={`width:${((100 * Math.max(0, drop ?? 0)) / longest).toFixed(0)}%`}
                />
              </td>
            </tr>
          );
        })}
        <More rest={classes.length - MAX_ROWS} />
      </tbody>
    </table>
  );
}

function Alone({ candidate }: { candidate: RunManifest }) {
  const overall = suiteNodes(candidate.suite.conditions).find(({ level }) => level === 'overall');
  const { classes } = candidate.dataset;
  return (
    <table>
      <caption class="hidden">Classes of the candidate</caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          <th scope="col" class="n">
            clean
          </th>
          <th scope="col" class="n">
            perturbed
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.slice(0, MAX_ROWS).map((name, index) => {
          const values = candidate.metrics.map((metric) => metric.classes[index] ?? null);
          const weights = overall?.weights ?? [];
          const known = values.every((value, i) => value !== null || !weights[i]);
          const perturbed = values.reduce<number>(
            (sum, v, i) => sum + (weights[i] ?? 0) * (v ?? 0),
            0,
          );
          return (
            <tr>
              <th scope="row">{plain(name)}</th>
              <td class="n">{points(values[0] ?? null)}</td>
              <td class="n">{points(overall && known ? perturbed : null)}</td>
            </tr>
          );
        })}
        <More rest={classes.length - MAX_ROWS} />
      </tbody>
    </table>
  );
}

function More({ rest }: { rest: number }) {
  if (rest <= 0) return null;
  return (
    <tr>
      <td colSpan={6}>and {rest} more: they are in run.json</td>
    </tr>
  );
}
