/** What the gate can compare, and how it is spoken of. A drop is a worsening, whatever the metric. */
export const metrics = {
  map: {
    title: 'mAP',
    scale: 'mAP × 100',
    definition: 'mAP@[.50:.95] × 100',
    better: 'higher',
    fell: 'fell',
    lost: 'lost',
  },
  ap50: {
    title: 'AP50',
    scale: 'AP50 × 100',
    definition: 'AP at IoU .50 × 100, the mean over classes',
    better: 'higher',
    fell: 'fell',
    lost: 'lost',
  },
  risk: {
    title: 'risk score',
    scale: 'risk score',
    definition: 'risk score, 0 to 100, lower is better',
    better: 'lower',
    fell: 'rose',
    lost: 'rose by',
  },
} as const;

export type Metric = keyof typeof metrics;

/** How much worse the candidate is, in points of the metric: positive is worse. */
export function worsening(metric: Metric, baseline: number, candidate: number): number {
  return metrics[metric].better === 'higher' ? baseline - candidate : candidate - baseline;
}

/** The points that can still be lost: all of an AP, what is missing to 100 of a risk. */
export function roomToLose(metric: Metric, baseline: number): number {
  return metrics[metric].better === 'higher' ? baseline : 100 - baseline;
}
