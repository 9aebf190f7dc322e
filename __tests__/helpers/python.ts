import { execFileSync } from 'node:child_process';

/** The Python that tests of real frameworks run, e. g. of a virtual environment with requirements-exports.txt. */
export const python = process.env['REAL_PYTHON'] ?? 'python3';

/** Which of these packages (import names) the Python lacks; null where it is not there itself. */
export function lackingPackages(packages: readonly string[]): string[] | null {
  const code =
    'import sys, importlib.util as u; print(*[p for p in sys.argv[1:] if u.find_spec(p) is None])';
  try {
    const said = execFileSync(python, ['-c', code, ...packages], { encoding: 'utf8' });
    return said.split(/\s+/).filter((name) => name !== '');
  } catch {
    return null;
  }
}
