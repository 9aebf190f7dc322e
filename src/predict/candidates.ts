/** Boxes before non-maximum suppression, a growing struct of arrays that is reused from image to image. */
export interface Candidates {
  count: number;
  /** Pixels of the model's input, `[x1, y1, x2, y2]` each. */
  boxes: Float64Array;
  /** Index into the data set's class list. */
  classes: Int32Array;
  confidences: Float64Array;
}

/** An empty list with room for some. */
export function createCandidates(): Candidates {
  return {
    count: 0,
    boxes: new Float64Array(4 * 1024),
    classes: new Int32Array(1024),
    confidences: new Float64Array(1024),
  };
}

/** Appends one box, in the model's order: equal confidences keep it. */
export function addCandidate(
  list: Candidates,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  classIndex: number,
  confidence: number,
): void {
  const at = list.count++;
  if (at === list.classes.length) grow(list);
  list.boxes[4 * at] = x1;
  list.boxes[4 * at + 1] = y1;
  list.boxes[4 * at + 2] = x2;
  list.boxes[4 * at + 3] = y2;
  list.classes[at] = classIndex;
  list.confidences[at] = confidence;
}

function grow(list: Candidates): void {
  const { boxes, classes, confidences } = list;
  list.boxes = new Float64Array(boxes.length * 2);
  list.boxes.set(boxes);
  list.classes = new Int32Array(classes.length * 2);
  list.classes.set(classes);
  list.confidences = new Float64Array(confidences.length * 2);
  list.confidences.set(confidences);
}
