import { formatError, GateError } from '../../src/errors.ts';

/** The text that a user sees of the GateError that `action` ends in. */
export async function gateErrorOf(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof GateError) return formatError(error);
    throw error;
  }
  throw new Error('nothing was thrown');
}
