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
  howToBeSurer,
  howToMakeABaseline,
  nodeOf,
  policyLines,
  riskParts,
  sourceText,
  statusMarks,
} from '../words.ts';

const MAX_NOTES = 12;

/** The first screen: verdict, the three numbers, what to do next. */
export function VerdictPart({ report }: { report: Report }) {
  const { status, sentence } = report.verdict;
  const { shape, word } = statusMarks[status];
  const notes = allNotes(report);
  return (
    <section class={`verdict ${status}`} aria-labelledby="verdict-sentence">
      <div class="badge">
        <span aria-hidden="true">{shape}</span>
        {word}
      </div>
      <h1 id="verdict-sentence">{plain(sentence, MAX_SENTENCE)}</h1>
      <Who report={report} />
      <dl class="cards">
        <RiskCard report={report} />
        <MapCard report={report} level="clean" label="on clean images" />
        <MapCard report={report} level="overall" label="on perturbed images" />
      </dl>
      <Next report={report} />
      {notes.length > 0 ? (
        <ul class="notes" aria-label="Notes">
          {notes.slice(0, MAX_NOTES).map((note) => (
            <li>{plain(note, MAX_SENTENCE)}</li>
          ))}
          {notes.length > MAX_NOTES ? <li>and {notes.length - MAX_NOTES} more</li> : null}
        </ul>
      ) : null}
    </section>
  );
}

function Who({ report: { candidate, baseline, source } }: { report: Report }) {
  const scope = `${count(candidate.images.length, 'image')}, ${count(candidate.suite.conditions.length, 'condition')}`;
  const model = <b>{plain(candidate.model.file)}</b>;
  if (!baseline) {
    return (
      <p class="who">
        Candidate {model} · {scope}
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
  return (
    <div>
      <dt>Risk score, 0 to 100, lower is better</dt>
      {risk ? (
        <>
          <dd class="big">
            <span class="old">{points(risk.baseline.value)} →</span> {points(risk.candidate.value)}
          </dd>
          <dd class="small">
            {signed(risk.rise)} ± {points(1.96 * risk.standardError)}; {riskParts(risk.candidate)}
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
          <dd class="big">
            <span class="old">{points(node.baseline)} →</span> {points(node.candidate)}
          </dd>
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
  const advice = advise(report);
  const reasons = verdict.status === 'regressed' ? [] : verdict.reasons.slice(0, 8);
  const sentences = [
    ...policyLines(report).map((line) => plain(line, MAX_SENTENCE)),
    ...reasons.map(({ message }) => plain(message, MAX_SENTENCE)),
    verdict.status === 'no-baseline' && reasons.length > 0 ? howToMakeABaseline : null,
    advice?.sentence ?? null,
    verdict.status === 'inconclusive' ? howToBeSurer : null,
  ].filter((sentence) => sentence !== null);
  if (sentences.length === 0 || report.comparison?.identical) return null;
  return (
    <div class="next">
      <b>What to do next</b>
      {sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </div>
  );
}
