import type { ComponentChildren } from 'preact';
import type { Picture, PictureBox } from '../report.ts';
import { boxText, type PlacedLabel, placeLabels } from './labels.ts';
import { modelClass, type ShownModel } from './models.tsx';
import { percent, pixel } from './parts.tsx';

/** Width of the boxes' coordinates: fillings are as dense whatever the size of the image. */
const DRAWN = 600;

/** Drawn from the first to the last: what is wrong lies on top. */
const order: readonly PictureBox['kind'][] = [
  'truth',
  'found',
  'missed',
  'ghost',
  'moved',
  'renamed',
  'lost',
];

interface FrameProps {
  readonly title: string;
  readonly picture: Picture;
  readonly models: readonly ShownModel[];
}

/** The image as it is, with the boxes of every model, a layer for each: the page's switches show and hide them. */
export function Original({ title, picture, models }: FrameProps) {
  const { webp, width, height } = picture;
  return (
    <figure class="original">
      <div class="frame" style={ratio(picture)}>
        <img
          src={`data:image/webp;base64,${webp}`}
          width={width}
          height={height}
          alt={described(title, picture, models)}
        />
        <Layers picture={picture} />
      </div>
      <Caption title={title} picture={picture} models={models} />
    </figure>
  );
}

/** The changed image: all models on one picture, and, for the side-by-side view, a picture for each. */
export function Changed({ title, picture, models }: FrameProps) {
  return (
    <>
      <figure class="changed">
        <Backdrop label={described(title, picture, models)} picture={picture}>
          <Layers picture={picture} />
        </Backdrop>
        <Caption title={title} picture={picture} models={models} />
      </figure>
      {models.length > 1
        ? models.map(({ label }, model) => (
            <figure class="each">
              <Backdrop
                label={`${title}: ${label} ${countText(picture.models[model])}`}
                picture={picture}
              >
                <Layers picture={picture} only={model} />
              </Backdrop>
              <figcaption>
                <b>{label}</b> <span>{countText(picture.models[model])}</span>
              </figcaption>
            </figure>
          ))
        : null}
    </>
  );
}

/** The changed image as a style: it is in the page once, however often it is shown. */
export function changedStyle({ webp }: Picture): string {
  return `--changed:url(data:image/webp;base64,${webp})`;
}

function Backdrop(props: { label: string; picture: Picture; children: ComponentChildren }) {
  return (
    <div class="frame backdrop" style={ratio(props.picture)}>
      <div class="layer" role="img" aria-label={props.label} />
      {props.children}
    </div>
  );
}

function ratio({ width, height }: Picture): string {
  return `--ratio:${(width / Math.max(height, 1)).toFixed(4)}`;
}

function described(title: string, { models: found }: Picture, models: readonly ShownModel[]) {
  return `${title}: ${models.map(({ label }, i) => `${label} ${countText(found[i])}`).join('; ')}`;
}

function Caption({ title, picture, models }: FrameProps) {
  return (
    <figcaption>
      <b>{title}</b>
      {models.map(({ label }, model) => (
        <span class={`of-${model}`}>
          {label}: {countText(picture.models[model])}
        </span>
      ))}
    </figcaption>
  );
}

/** Ground truth, then the boxes and labels of each model, or of one. */
function Layers({ picture, only }: { picture: Picture; only?: number }) {
  const { width, height, truth, models } = picture;
  const shown = models.map((boxes, model) => (only === undefined || only === model ? boxes : null));
  const labels = placeLabels(shown, width, height);
  return (
    <>
      <Layer name="truth" boxes={truth} picture={picture} />
      {shown.map((boxes, model) =>
        boxes ? (
          <div
            class={`layer ${only === undefined ? `of-${model}` : ''} ${modelClass(model)}`}
            aria-hidden="true"
          >
            <Layer name="model" boxes={boxes} picture={picture} />
            {labels
              .filter((label) => label.model === model)
              .map((label) => (
                <Tag label={label} />
              ))}
          </div>
        ) : null,
      )}
    </>
  );
}

/** `2 lost, 3 found` of a model's boxes. */
export function countText(boxes: readonly PictureBox[] | null | undefined): string {
  if (!boxes) return 'not run on this image';
  const counts = order
    .toReversed()
    .map((kind) => ({ kind, n: boxes.filter((box) => box.kind === kind).length }))
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => `${n} ${kind}`);
  return counts.length > 0 ? counts.join(', ') : 'nothing found';
}

function Layer(props: { name: string; boxes: readonly PictureBox[]; picture: Picture }) {
  const { name, boxes, picture } = props;
  const scale = DRAWN / Math.max(picture.width, 1);
  const sorted = [...boxes].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return (
    <svg
      class={`layer ${name}`}
      viewBox={`0 0 ${DRAWN} ${pixel(scale * picture.height)}`}
      aria-hidden="true"
    >
      {sorted.map((box) => (
        <Box box={box} scale={scale} />
      ))}
    </svg>
  );
}

function Box({ box: entry, scale }: { box: PictureBox; scale: number }) {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = entry.box.map((value) => pixel(value * scale));
  const path = `M${x1} ${y1}H${Math.max(x1, x2)}V${Math.max(y1, y2)}H${x1}z`;
  return (
    <g class={`box k-${entry.kind}`}>
      <title>{boxText(entry)}</title>
      <path class="halo" d={path} />
      <path class="ink" d={path} />
    </g>
  );
}

function Tag({ label: { kind, text, corner, x, y } }: { label: PlacedLabel }) {
  const across = corner.endsWith('left') ? `left:${percent(x)}` : `right:${percent(100 - x)}`;
  const down = corner.startsWith('top') ? `top:${percent(y)}` : `bottom:${percent(100 - y)}`;
  return (
    <span class={`tag k-${kind}`} style={`${across};${down}`}>
      {text}
    </span>
  );
}

/** Fillings of boxes that no colour is needed for; once in a page. */
export function Patterns() {
  return (
    <svg width="0" height="0" class="patterns" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse">
          <path d="M-2 11L11 -2M-2 2L2 -2M7 11L11 7" class="hatch" />
        </pattern>
        <pattern id="dots" width="8" height="8" patternUnits="userSpaceOnUse">
          <circle cx="4" cy="4" r="1.5" class="dots" />
        </pattern>
      </defs>
    </svg>
  );
}
