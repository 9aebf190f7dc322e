/**
 * Stands for `unzip-stream` in the bundle: @actions/artifact unpacks with it, without caps and through a package that
 * names no licence (`buffers`). Archives are downloaded as they are and unpacked by src/zip.ts.
 */
function Extract() {
  throw new Error('archives are not unpacked here');
}

export default { Extract };
