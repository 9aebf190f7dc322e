import type { GateConfig } from '../config/schema.ts';
import { readDataset } from '../dataset/read.ts';
import { GateError } from '../errors.ts';
import type { ReportFile } from '../report/files.ts';
import type { ImageSource } from '../report/images.ts';
import { datasetContext } from './shared.ts';

/**
 * The data set that the config names, for pictures of failures; where it is not on this machine the report goes on
 * without them and says why.
 *
 * @param wanted  The forms that are written: without a page nobody wants pictures.
 * @param file    Where the config comes from, for messages and relative paths.
 * @param origins Where requests of the config may go.
 */
export async function findImages(
  wanted: readonly ReportFile[],
  config: GateConfig | null,
  file: string,
  origins: readonly string[],
): Promise<ImageSource> {
  const none = { samples: [], reason: null, most: 0 };
  if (!wanted.some(({ reporter }) => reporter.name === 'html')) return none;
  if (config === null) {
    const reason = 'run directories hold no images: name the config of the data set (-c)';
    return { ...none, reason };
  }
  try {
    const { samples } = await readDataset(config.dataset, datasetContext(file, origins));
    return { samples, reason: null, most: config.report.failures };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { ...none, reason: `the data set of ${file} cannot be read: ${error.message}` };
  }
}
