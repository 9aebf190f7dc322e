import { nodeTitle } from '../../judge/titles.ts';
import { plain } from '../escape.ts';
import type { FailurePicture, Picture, PictureBox, Report } from '../report.ts';
import { tally } from '../words.ts';
import { Part } from './parts.tsx';

const kinds = ['lost', 'spurious', 'found', 'truth'] as const;

const kindTitles = {
  lost: 'lost: found on the original, missed here, and the baseline still finds it',
  spurious: 'spurious: found, but nothing is there',
  found: 'found',
  truth: 'ground truth that is not found',
} as const;

/** Failure examples: original beside changed, with what the candidate found and lost. */
export function GalleryPart({ report: { pictures, comparison } }: { report: Report }) {
  if (!comparison) return null;
  if (pictures.length === 0) {
    return comparison.failures.length === 0 ? null : (
      <Part
        id="failures"
        title="Failure examples"
        lead="No pictures: this report was made from run directories alone, which hold no images."
      >
        <ul>
          {comparison.failures.slice(0, 12).map(({ imageId, condition, classes }) => (
            <li>
              <span class="mono">{plain(imageId)}</span> under {conditionTitle(condition)} loses{' '}
              {lostText(classes)}
            </li>
          ))}
        </ul>
      </Part>
    );
  }
  return (
    <Part
      id="failures"
      title="Failure examples"
      lead="Objects that the candidate loses when the image is changed, and the baseline does not. The conditions with the largest drop come first."
    >
      <label class="toggle small">
        <input type="checkbox" id="boxes" checked /> show boxes
      </label>
      <Legend />
      <div class="gallery">
        {pictures.map((picture, index) => (
          <Shot picture={picture} index={index} />
        ))}
      </div>
    </Part>
  );
}

function conditionTitle(condition: string): string {
  return plain(nodeTitle({ level: 'condition', name: condition }));
}

function lostText(classes: readonly string[]): string {
  return tally(classes)
    .slice(0, 5)
    .map(({ name, times }) => plain(name) + (times > 1 ? ` × ${times}` : ''))
    .join(', ');
}

function Legend() {
  return (
    <ul class="legend">
      {kinds.map((kind) => (
        <li class={`box-${kind}`}>
          <svg width="34" height="22" aria-hidden="true" style="background:#555;border-radius:4px">
            <rect class="box halo" x="6" y="5" width="22" height="12" />
            <rect class="box ink" x="6" y="5" width="22" height="12" />
          </svg>
          {kindTitles[kind]}
        </li>
      ))}
    </ul>
  );
}

function Shot({ picture, index }: { picture: FailurePicture; index: number }) {
  const { imageId, condition, classes } = picture.example;
  const views = [
    { value: 'both', title: 'Both' },
    { value: 'original', title: 'Original' },
    { value: 'changed', title: 'Changed' },
  ];
  return (
    <article class="shot">
      <header>
        <div>
          <h3>
            {conditionTitle(condition)}: <em>loses {lostText(classes)}</em>
          </h3>
          <code>{plain(imageId)}</code>
        </div>
        <fieldset class="views">
          <legend class="hidden">What to show</legend>
          {views.map(({ value, title }) => (
            <label>
              <input
                type="radio"
                class={`v-${value}`}
                name={`view-${index}`}
                checked={value === 'both'}
              />
              {title}
            </label>
          ))}
        </fieldset>
      </header>
      <div class="pair">
        <Frame kind="original" title="Original" picture={picture.original} />
        <Frame
          kind="changed"
          title={`Changed: ${conditionTitle(condition)}`}
          picture={picture.changed}
        />
      </div>
    </article>
  );
}

function Frame(props: { kind: string; title: string; picture: Picture }) {
  const { webp, width, height, boxes } = props.picture;
  const counts = kinds
    .map((kind) => ({ kind, n: boxes.filter((box) => box.kind === kind).length }))
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => (kind === 'truth' ? `${n} not found` : `${n} ${kind}`));
  const sorted = [...boxes].sort((a, b) => kinds.indexOf(b.kind) - kinds.indexOf(a.kind));
  const text = counts.length > 0 ? counts.join(', ') : 'nothing found';
  return (
    <figure class={props.kind}>
      <div class="frame">
        <img
          src={`data:image/webp;base64,${webp}`}
          width={width}
          height={height}
          alt={`${props.title}; ${text}`}
        />
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {sorted.map((box) => (
            <Box box={box} />
          ))}
          {sorted.map((box) => (
            <Label box={box} scale={width / 460} width={width} />
          ))}
        </svg>
      </div>
      <figcaption>
        {props.title} · {text}
      </figcaption>
    </figure>
  );
}

function titleOf({ class: name, confidence }: PictureBox): string {
  return plain(name, 24) + (confidence === null ? '' : ` ${confidence.toFixed(2)}`);
}

function Box({ box: entry }: { box: PictureBox }) {
  const [x1, y1, x2, y2] = entry.box;
  const rectangle = { x: x1, y: y1, width: Math.max(0, x2 - x1), height: Math.max(0, y2 - y1) };
  return (
    <g class={`box-${entry.kind}`}>
      <title>{`${entry.kind} ${titleOf(entry)}`}</title>
      <rect class="box halo" {...rectangle} />
      <rect class="box ink" {...rectangle} />
    </g>
  );
}

/** What is wrong has a label. It is drawn at 12 pixels where the picture is 460 wide: `scale` in image pixels. */
function Label({ box: entry, scale, width }: { box: PictureBox; scale: number; width: number }) {
  if (entry.kind !== 'lost' && entry.kind !== 'spurious') return null;
  const [x1, y1, , y2] = entry.box;
  const text = entry.kind === 'lost' ? `lost ${titleOf(entry)}` : titleOf(entry);
  const plate = text.length * 7.2 + 8;
  const left = Math.max(0, Math.min(x1, width - plate * scale));
  const top = y1 > 17 * scale ? y1 - 17 * scale : y2;
  const place = `translate(${left.toFixed(1)} ${top.toFixed(1)}) scale(${scale.toFixed(3)})`;
  return (
    <g class={`box-${entry.kind}`} transform={place}>
      <rect class="plate" width={plate.toFixed(1)} height="16" rx="2" />
      <text class="box-label" x="4" y="12">
        {text}
      </text>
    </g>
  );
}
