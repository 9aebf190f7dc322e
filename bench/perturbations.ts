import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeImage, encodePng } from '../src/image/codec.ts';
import type { Image } from '../src/image/image.ts';
import { createRandom } from '../src/image/random.ts';
import { giveBack } from '../src/image/room.ts';
import { warpAffine } from '../src/image/resample.ts';
import type { Perturbation } from '../src/perturb/perturbation.ts';
import { perturbations } from '../src/perturb/registry.ts';
import { python, root, startPeer } from './python.ts';

const SIDE = 640;
/** CPU time of one measurement. */
const SECONDS = 0.15;
const ROUNDS = 3;

export interface PerturbationTime {
  readonly name: string;
  readonly severity: number;
  /** CPU milliseconds a call. */
  readonly ours: number;
  /** Times ours: imagecorruptions; null where it has none. */
  readonly reference: number | null;
  /** OpenCV's own kernel, times ours. */
  readonly opencv: number | null;
}

const Answer = z.strictObject({ ms: z.number().nullable() });

/** Times every perturbation beside its reference, in turns. */
export async function timePerturbations(only: readonly string[]): Promise<PerturbationTime[]> {
  const image = await scene();
  const folder = await mkdtemp(join(tmpdir(), 'robustness-bench-'));
  const file = join(folder, 'scene.png');
  await writeFile(file, await encodePng(image));
  const peer = python === null ? null : startPeer(python, 'perturb.py');
  const times: PerturbationTime[] = [];
  for (const perturbation of perturbations) {
    if (only.length > 0 && !only.includes(perturbation.name)) continue;
    for (const severity of perturbation.severities.length === 1 ? [1] : [1, 3, 5]) {
      const ask = async (of: string): Promise<number | null> =>
        peer &&
        Answer.parse(
          await peer.ask({ image: file, name: perturbation.name, severity, of, seconds: SECONDS }),
        ).ms;
      const rounds: { ours: number; reference: number | null; opencv: number | null }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const slow = rounds.find(({ reference }) => (reference ?? 0) > 1000);
        rounds.push({
          ours: await timeOurs(perturbation, severity, image),
          reference: slow ? slow.reference : await ask('reference'),
          opencv: await ask('opencv'),
        });
      }
      const least = (values: (number | null)[]): number | null =>
        values.includes(null) ? null : Math.min(...values.map(Number));
      const ours = least(rounds.map((round) => round.ours)) ?? 0;
      const reference = least(rounds.map((round) => round.reference));
      const opencv = least(rounds.map((round) => round.opencv));
      times.push({
        name: perturbation.name,
        severity,
        ours,
        reference: reference === null ? null : reference / ours,
        opencv: opencv === null ? null : opencv / ours,
      });
      const last = times.at(-1)!;
      process.stderr.write(
        `${last.name}/${severity} ${ours.toFixed(2)} ms, reference / ours ${last.reference?.toFixed(1) ?? '-'}, ours / opencv ${last.opencv === null ? '-' : (1 / last.opencv).toFixed(2)}\n`,
      );
    }
  }
  peer?.close();
  await rm(folder, { recursive: true });
  return times;
}

/** A scene of the demo, enlarged. */
async function scene(): Promise<Image> {
  const small = await decodeImage(
    join(root, 'examples/construction-site/images/test/site-0000.jpg'),
  );
  return warpAffine(small, {
    affine: [SIDE / small.width, 0, 0, 0, SIDE / small.height, 0],
    size: { width: SIDE, height: SIDE },
  });
}

async function timeOurs(
  perturbation: Perturbation,
  severity: number,
  image: Image,
): Promise<number> {
  const params = perturbation.params.parse(perturbation.severities[severity - 1]);
  // As a worker does: bytes of a changed image are given back once it is predicted.
  const call = async (seed: number): Promise<void> => {
    const random = createRandom(seed, 'bench', perturbation.name, severity);
    const changed = await perturbation.apply(image, params, random);
    if (changed.data !== image.data) giveBack(changed);
  };
  await call(0);
  const start = process.cpuUsage();
  let [calls, spent] = [0, 0];
  while (spent < SECONDS * 1e6 || calls === 0) {
    await call(++calls);
    const { user, system } = process.cpuUsage(start);
    spent = user + system;
  }
  return spent / calls / 1000;
}
