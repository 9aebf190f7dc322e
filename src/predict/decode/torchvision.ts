import { addCandidate } from '../candidates.ts';
import {
  checkBox,
  checkedConfidence,
  type Decoder,
  mappedClass,
  type ModelFacts,
  shapeText,
  UNIT_RGB,
} from './decoder.ts';

/** How torchvision and others name class 0, which is no class. */
const BACKGROUND = /^_*background_*$/i;

/**
 * torchvision's detectors (SSD, Faster R-CNN, RetinaNet, FCOS): boxes `[N, 4]` (corners in input pixels), labels `[N]`
 * from 1 and scores `[N]`, suppressed in the model. Resizing and normalising are inside the model too.
 */
export const torchvision: Decoder = {
  name: 'torchvision',
  title: 'torchvision’s SSD, Faster R-CNN and RetinaNet',
  preprocess: { resize: 'stretch', ...UNIT_RGB },

  recognise(facts) {
    const found = find(facts);
    if (found === null) return null;
    const { boxes, labels, scores } = found;
    // A list that names the background numbers the classes as the labels do.
    const first = BACKGROUND.test(facts.classNames?.[0] ?? '') ? 0 : 1;
    return {
      classCount: facts.classNames?.length ?? null,
      evidence: `${facts.outputs.map(shapeText).join(', ')}: boxes, labels and scores`,
      final: true,
      notes: [],
      decode(outputs, { floor, classMap }, candidates) {
        const corners = outputs[boxes]!.data;
        const confidences = outputs[scores]!.data;
        for (let row = 0; row < confidences.length; row++) {
          if (confidences[row]! <= floor) continue;
          const confidence = checkedConfidence(confidences[row]!);
          const label = outputs[labels]!.data[row]!;
          // RetinaNet scores the background too.
          if (label < first) continue;
          const mapped = mappedClass(label - first, classMap);
          if (mapped < 0) continue;
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.subarray(4 * row, 4 * row + 4);
          checkBox(x1, y1, x2, y2);
          addCandidate(candidates, x1, y1, x2, y2, mapped, confidence);
        }
      },
    };
  },
};

/** Which output is which: exports name them freely, but labels are whole numbers. */
function find({ outputs }: ModelFacts): Record<'boxes' | 'labels' | 'scores', number> | null {
  if (outputs.length !== 3) return null;
  const boxes = outputs.findIndex(({ dims }) => dims.length === 2 && dims[1] === 4);
  const labels = outputs.findIndex(({ dims, integer }) => dims.length === 1 && integer);
  const scores = outputs.findIndex(({ dims, integer }) => dims.length === 1 && !integer);
  return boxes < 0 || labels < 0 || scores < 0 ? null : { boxes, labels, scores };
}
