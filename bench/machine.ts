import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './python.ts';

/** What a measurement was made on. */
export const MachineSchema = z.strictObject({
  cpu: z.string(),
  cores: z.int(),
  /** GiB. */
  memory: z.number(),
  node: z.string(),
  onnxruntime: z.string(),
  /** Of the Python scripts, as bench/peer/requirements.txt pins it. */
  peerOnnxruntime: z.string(),
});

type Machine = z.infer<typeof MachineSchema>;

/** This machine. */
export function describeMachine(): Machine {
  const version = z.object({ version: z.string() });
  const onnxruntime: unknown = createRequire(join(root, 'package.json'))(
    'onnxruntime-node/package.json',
  );
  const pins = readFileSync(join(root, 'bench/peer/requirements.txt'), 'utf8');
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    onnxruntime: version.parse(onnxruntime).version,
    peerOnnxruntime: /^onnxruntime==(.+)$/m.exec(pins)?.[1] ?? 'unknown',
  };
}

/** One line. */
export function machineText(machine: Machine): string {
  const { cpu, cores, memory, node, onnxruntime, peerOnnxruntime } = machine;
  return `${cpu}, ${cores} cores, ${memory} GiB; Node ${node}, onnxruntime-node ${onnxruntime} (Python’s: ${peerOnnxruntime})`;
}
