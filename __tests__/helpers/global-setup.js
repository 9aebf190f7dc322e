import { join } from 'node:path';
import { buildInto, root } from '../../scripts/bundle.mjs';

/** Worker threads and child processes need plain JavaScript: the sources are bundled once before the tests. */
export default async function setup() {
  await buildInto(join(root, 'node_modules/.cache/robustness-gate'));
}
