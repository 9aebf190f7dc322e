/** Confidences at or under it are not kept: part of what makes two runs comparable. */
export const CONFIDENCE_FLOOR = 0.001;

/** Boxes kept of an image, over all classes. */
export const MAX_DETECTIONS = 300;
