import type { NodeComparison } from '../../compare/comparison.ts';
import { metrics } from '../../compare/metric.ts';
import { advise } from '../advice.ts';
import { plain, MAX_SENTENCE, webAddress } from '../escape.ts';
import { count, points, signed } from '../format.ts';
import type { Report } from '../report.ts';
import { nodeValues, riskAlone } from '../single.ts';
import {
  allNotes,
  dropText,
  headline,
  howToBeSurer,
  howToMakeABaseline,
  isAlone,
  nodeOf,
  policyLines,
  riskParts,
  sourceText,
} from '../words.ts';
import { FamilyChart } from './families.tsx';

const MAX_NOTES = 12;

/** Reasons that are told before the fold-out. */
const MAX_REASONS = 3;

/** The first screen: verdict, the three numbers, what to do next, every family. */
export function VerdictPart({ report }: { report: Report }) {
  const { status, sentence } = report.verdict;
  const { shape, word } = headline(report);
  return (
    <section class={`verdict ${status}`} aria-labelledby="verdict-sentence">
      <div class="headline">
        <div class="badge">
          <span aria-hidden="true">{shape}</span>
          {word}
        </div>
        <h1 id="verdict-sentence">{plain(sentence, MAX_SENTENCE)}</h1>
        <Who report={report} />
      </div>
      <div class="first">
        <div class="first-side">
          <dl class="cards">
            <RiskCard report={report} />
            <MapCard report={report} level="clean" label="on clean images" />
            <MapCard report={report} level="overall" label="under perturbations" />
          </dl>
          <Next report={report} />
        </div>
        {report.comparison?.identical ? null : <FamilyChart report={report} />}
      </div>
      <Notes notes={allNotes(report)} />
    </section>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes" aria-label="Notes">
      {notes.slice(0, MAX_NOTES).map((note) => (
        <li>{plain(note, MAX_SENTENCE)}</li>
      ))}
      {notes.length > MAX_NOTES ? <li>and {notes.length - MAX_NOTES} more</li> : null}
    </ul>
  );
}

function Who({ report }: { report: Report }) {
  const { candidate, baseline, source } = report;
  const scope = `${count(candidate.images.length, 'image')}, ${count(candidate.suite.conditions.length, 'condition')}`;
  const model = <b>{plain(candidate.model.file)}</b>;
  if (!baseline) {
    return (
      <p class="who">
        {isAlone(report) ? 'Model' : 'Candidate'} {model} · {scope}
      </p>
    );
  }
  const url = source?.url ?? null;
  const text = source ? plain(sourceText(source), 200) : '';
  return (
    <p class="who">
      Candidate {model} against baseline <b>{plain(baseline.model.file)}</b>
      {' ('}
      {url !== null && webAddress(url) ? <a href={url}>{text}</a> : text}) · {scope}
    </p>
  );
}

function RiskCard({ report: { comparison, candidate } }: { report: Report }) {
  const risk = comparison?.risk.find(({ level }) => level === 'overall');
  const alone = riskAlone(candidate);
  if (!risk && alone === null) return null;
  const half = risk ? points(1.96 * risk.standardError) : '';
  return (
    <div>
      <dt>
        Risk score <span>0 to 100, lower is better</span>
      </dt>
      {risk ? (
        <>
          <Change from={risk.baseline.value} to={risk.candidate.value} />
          <dd class="small">
            {comparison?.identical ? 'identical' : `${signed(risk.rise)} ± ${half}`}
            <span class="extra">: {riskParts(risk.candidate)}</span>
          </dd>
        </>
      ) : (
        <>
          <dd class="big">{points(alone)}</dd>
          <dd class="small">share of what should have stayed as it was</dd>
        </>
      )}
    </div>
  );
}

function Change({ from, to }: { from: number; to: number }) {
  return (
    <dd class="big">
      <span class="old">{points(from)}</span>
      <span class="arrow" role="img" aria-label="to">
        →
      </span>
      {points(to)}
    </dd>
  );
}

function MapCard(props: { report: Report; level: 'clean' | 'overall'; label: string }) {
  const { comparison, candidate } = props.report;
  const node: NodeComparison | null = comparison ? nodeOf(comparison.nodes, props.level) : null;
  const alone = nodeValues(candidate).find(({ level }) => level === props.level);
  if (!node && !alone) return null;
  return (
    <div>
      <dt>
        {metrics[node?.metric ?? 'map'].title} {props.label}
      </dt>
      {node ? (
        <>
          <Change from={node.baseline} to={node.candidate} />
          <dd class="small">
            drop {dropText(node)}, {points(node.maxDrop)} allowed
          </dd>
        </>
      ) : (
        <dd class="big">{points(alone?.map ?? null)}</dd>
      )}
    </div>
  );
}

function Next({ report }: { report: Report }) {
  const { verdict } = report;
  const reasons = verdict.status === 'regressed' ? [] : verdict.reasons;
  const sentences = [
    ...policyLines(report),
    ...reasons.map(({ message }) => message),
    verdict.status === 'no-baseline' && reasons.length > 0 ? howToMakeABaseline : null,
    verdict.status === 'inconclusive' ? howToBeSurer : null,
  ]
    .filter((sentence) => sentence !== null)
    .map((sentence) => plain(sentence, MAX_SENTENCE));
  const advice = advise(report)?.sentence ?? null;
  if ((sentences.length === 0 && advice === null) || report.comparison?.identical) return null;
  const rest = sentences.slice(MAX_REASONS);
  return (
    <div class="next">
      <h2>What to do next</h2>
      {advice === null ? null : <p>{advice}</p>}
      {sentences.slice(0, MAX_REASONS).map((sentence) => (
        <p>{sentence}</p>
      ))}
      {rest.length > 0 ? (
        <details>
          <summary>{count(rest.length, 'more reason')}</summary>
          {rest.slice(0, MAX_NOTES).map((sentence) => (
            <p>{sentence}</p>
          ))}
        </details>
      ) : null}
    </div>
  );
}
