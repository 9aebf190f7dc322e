import { nodeTitle } from '../../judge/titles.ts';
import type { FailureExample } from '../../compare/comparison.ts';
import { explainCommand } from '../command.ts';
import { plain } from '../escape.ts';
import { points } from '../format.ts';
import { MOST_TOLD } from '../images.ts';
import type { FailurePicture, PictureBox } from '../report.ts';
import { tally } from '../words.ts';
import { Changed, changedStyle, countText, Original, Patterns } from './frame.tsx';
import { boxText, orderedBoxes } from './labels.ts';
import type { ShownModel } from './models.tsx';
import { Part } from './parts.tsx';

const kinds = ['lost', 'missed', 'ghost', 'moved', 'renamed', 'found', 'truth'] as const;

const kindTitles = {
  lost: 'lost: found on the original, missed here',
  missed: 'missed, on the original too',
  ghost: 'ghost: nothing is there, or a second box',
  moved: 'moved: the object is beside it',
  renamed: 'renamed: the object is of another class',
  found: 'found',
  truth: 'ground truth',
} as const satisfies Record<PictureBox['kind'], string>;

/** Pictures of a kind that are shown at once; the others fold. */
const SHOWN = 6;

/** Boxes that are named in words; a crowd says no more than its numbers. */
const MAX_WORDS = 10;

interface GalleryProps<E extends FailureExample> {
  readonly pictures: readonly FailurePicture<E>[];
  readonly models: readonly ShownModel[];
  /** Examples, with or without pictures. */
  readonly failures: readonly E[];
  /** What happens in one: `loses Person`. */
  readonly say: (example: E) => string;
  /** Why there are no pictures. */
  readonly reason: string | null;
}

const comparedLead =
  'Objects that one model loses when the image is changed and the other does not. What regressed comes first, and of it the images that cause most of the drop.';
const aloneLead =
  'Objects that the model finds on the original and loses when the image is changed: the worst perturbation of each family first, at a middle severity, and of it the images in which most is lost.';

/** Failure examples: original beside changed, with what every model found and lost. */
export function GalleryPart<E extends FailureExample>(props: GalleryProps<E>) {
  const { pictures, models, failures, say, reason } = props;
  if (pictures.length === 0) {
    return <WithoutPictures failures={failures} say={say} reason={reason} />;
  }
  const of = (kind: FailureExample['kind']): FailurePicture<E>[] =>
    pictures.filter(({ example }) => example.kind === kind);
  return (
    <Part
      id="failures"
      title="Failures, picture by picture"
      lead={models.length > 1 ? comparedLead : aloneLead}
    >
      <Patterns />
      <Tools models={models} />
      <Legend />
      <Shots
        title={models.length > 1 ? 'Newly broken' : 'Lost'}
        pictures={of('broken')}
        models={models}
        say={say}
        from={0}
      />
      <Shots
        title="Newly fixed"
        pictures={of('fixed')}
        models={models}
        say={say}
        from={of('broken').length}
      />
    </Part>
  );
}

function WithoutPictures<E extends FailureExample>(
  props: Pick<GalleryProps<E>, 'failures' | 'say' | 'reason'>,
) {
  const { failures, say, reason } = props;
  if (failures.length === 0) return null;
  return (
    <Part
      id="failures"
      title="Failures"
      lead={`No pictures: ${plain(reason ?? 'the images of the data set were not at hand', 300)}.`}
    >
      <ul class="plain">
        {failures.slice(0, MOST_TOLD).map((example) => (
          <li>
            <b>{conditionTitle(example.condition)}</b>: {say(example)}{' '}
            <span class="mono">{plain(example.imageId)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Switches of all pictures at once: whose boxes, which picture, what else. */
function Tools({ models }: { models: readonly ShownModel[] }) {
  const last = models.length - 1;
  const views = [
    { id: 'view-both', title: 'both' },
    { id: 'view-original', title: 'original' },
    { id: 'view-changed', title: 'changed' },
  ];
  return (
    <div class="tools">
      <fieldset class="segments">
        <legend>Boxes of</legend>
        {models.map(({ label }, index) => (
          <label>
            <input
              type="radio"
              name="boxes"
              id={`boxes-${index}`}
              checked={models.length < 3 && index === last}
            />
            {label}
          </label>
        ))}
        {models.length > 1 ? (
          <>
            <label>
              <input type="radio" name="boxes" id="boxes-all" />
              {models.length === 2 ? 'both' : 'all'}
            </label>
            <label>
              <input type="radio" name="boxes" id="boxes-each" checked={models.length > 2} />
              side by side
            </label>
          </>
        ) : null}
        <label>
          <input type="radio" name="boxes" id="boxes-none" />
          none
        </label>
      </fieldset>
      <fieldset class="segments">
        <legend>Pictures</legend>
        {views.map(({ id, title }) => (
          <label>
            <input type="radio" name="view" id={id} checked={id === 'view-both'} />
            {title}
          </label>
        ))}
      </fieldset>
      <label class="check">
        <input type="checkbox" id="show-truth" /> ground truth
      </label>
      <label class="check">
        <input type="checkbox" id="show-labels" checked /> labels
      </label>
    </div>
  );
}

function conditionTitle(condition: string): string {
  const text = plain(nodeTitle({ level: 'condition', name: condition }));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What happens in an example of one candidate: `loses Person × 2, vehicle`. */
export function failureText({ kind, classes }: Pick<FailureExample, 'kind' | 'classes'>): string {
  return `${kind === 'broken' ? 'loses' : 'no longer loses'} ${lostText(classes)}`;
}

function lostText(classes: readonly string[]): string {
  return tally(classes)
    .slice(0, 5)
    .map(({ name, times }) => plain(name) + (times > 1 ? ` × ${times}` : ''))
    .join(', ');
}

function Legend() {
  return (
    <ul class="legend box-legend">
      {kinds.map((kind) => (
        <li>
          <svg width="34" height="22" aria-hidden="true">
            <g class={`box k-${kind}`}>
              <path class="halo" d="M5 4h24v14h-24z" />
              <path class="ink" d="M5 4h24v14h-24z" />
            </g>
          </svg>
          {kindTitles[kind]}
        </li>
      ))}
    </ul>
  );
}

interface ShotsProps<E extends FailureExample> extends Pick<GalleryProps<E>, 'models' | 'say'> {
  readonly title: string;
  readonly pictures: readonly FailurePicture<E>[];
  readonly from: number;
}

function Shots<E extends FailureExample>(props: ShotsProps<E>) {
  const { title, pictures, models, say, from } = props;
  if (pictures.length === 0) return null;
  const shots = pictures.map((picture, index) => (
    <Shot
      picture={picture}
      models={models}
      text={say(picture.example)}
      id={`failure-${from + index + 1}`}
    />
  ));
  return (
    <>
      <h3 class="group">
        {title} <span class="count">{pictures.length}</span>
      </h3>
      <div class="gallery">{shots.slice(0, SHOWN)}</div>
      {shots.length > SHOWN ? (
        <details>
          <summary>{shots.length - SHOWN} more</summary>
          <div class="gallery">{shots.slice(SHOWN)}</div>
        </details>
      ) : null}
    </>
  );
}

interface ShotProps {
  readonly picture: FailurePicture;
  readonly models: readonly ShownModel[];
  readonly text: string;
  readonly id: string;
}

function Shot({ picture, models, text, id }: ShotProps) {
  const { kind, imageId, condition, influence } = picture.example;
  const size = points(Math.abs(influence));
  const effect =
    models.length > 2 || size === '0.0' || influence > 0 !== (kind === 'broken')
      ? ''
      : `, ${size} points of this condition’s ${kind === 'broken' ? 'drop' : 'gain'}`;
  return (
    <article
      class="shot"
      id={id}
      aria-labelledby={`${id}-title`}
      style={changedStyle(picture.changed)}
    >
      <header>
        <h4 id={`${id}-title`}>
          {conditionTitle(condition)}: <em class={kind}>{text}</em>
        </h4>
        <p class="small">
          <a href={`#${id}`} class="mono">
            {plain(imageId)}
          </a>
          {effect}
        </p>
      </header>
      <div class="pair">
        <Original title="Original" picture={picture.original} models={models} />
        <Changed title={conditionTitle(condition)} picture={picture.changed} models={models} />
      </div>
      <InWords picture={picture} models={models} />
    </article>
  );
}

/** The same without pictures, and how to make it again. */
function InWords({ picture, models }: { picture: FailurePicture; models: readonly ShownModel[] }) {
  const { imageId, condition } = picture.example;
  const command = explainCommand(imageId, condition, models.length > 1);
  return (
    <div class="words">
      <dl class="facts">
        {models.map(({ label }, index) => (
          <ModelWords label={label} boxes={picture.changed.models[index] ?? null} />
        ))}
      </dl>
      <details>
        <summary>Reproduce</summary>
        {command === null ? (
          <p class="small">
            The image’s name has characters that are not shown: no command can be given for it.
          </p>
        ) : (
          <pre tabindex={0}>
            <code>{command}</code>
          </pre>
        )}
      </details>
    </div>
  );
}

function ModelWords({ label, boxes }: { label: string; boxes: readonly PictureBox[] | null }) {
  const wrong = orderedBoxes(boxes ?? []).filter(({ kind }) => kind !== 'found');
  const words = tally(wrong.map((box) => boxText({ ...box, confidence: null })));
  const rest = words.length - MAX_WORDS;
  return (
    <>
      <dt>
        {label}: {countText(boxes)}
      </dt>
      <dd class="small">
        {words
          .slice(0, MAX_WORDS)
          .map(({ name, times }) => name + (times > 1 ? ` × ${times}` : ''))
          .join(', ')}
        {rest > 0 ? ` and ${rest} more` : ''}
      </dd>
    </>
  );
}
