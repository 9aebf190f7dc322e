import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../src/baseline/run.ts';
import { scoreRun } from '../../src/evaluate/score-run.ts';
import { lossExamples } from '../../src/report/losses.ts';
import { drawRun } from '../helpers/runs.ts';

async function scored(run: Run): Promise<Run> {
  const scores = await scoreRun(run.manifest, run, 0.4);
  return { ...run, manifest: { ...run.manifest, ...scores } };
}

// Clean, noise at 1 and 3, blur at 1 and 3.
const worseUnderBlur = drawRun(40, [0.9, 0.8, 0.7, 0.5, 0.3], 1);
const perfect = drawRun(40, [0.9, 0.9, 0.9, 0.9, 0.9], 1);

describe('what one model loses', () => {
  const losing = scored(worseUnderBlur).then((run) => lossExamples(run, 12));

  it('is of the worst family first, two images of a perturbation at its middle severity', async () => {
    const conditions = (await losing).map(({ condition }) => condition);
    expect(conditions).toEqual([
      'gaussian_blur/1',
      'gaussian_blur/1',
      'gaussian_noise/1',
      'gaussian_noise/1',
    ]);
  });

  it('is most in the image that comes first, and no image comes twice', async () => {
    const examples = await losing;
    const [first, second] = examples;
    expect(first!.objects.length).toBeGreaterThanOrEqual(second!.objects.length);
    expect(first!.classes).toHaveLength(first!.objects.length);
    expect(first!.imageId).toBe(`${first!.image}.jpg`);
    expect(new Set(examples.map(({ image }) => image)).size).toBe(examples.length);
  });

  it('is no more than asked for', async () => {
    expect(await lossExamples(await scored(worseUnderBlur), 1)).toHaveLength(1);
    expect(await lossExamples(await scored(worseUnderBlur), 0)).toEqual([]);
  });

  it('is nothing where nothing is lost or nothing was scored', async () => {
    const still: Run = { ...perfect, detections: () => perfect.detections(0) };
    expect(await lossExamples(await scored(still), 12)).toEqual([]);
    expect(await lossExamples(worseUnderBlur, 12)).toEqual([]);
  });
});
