/**
 * A problem the person at the terminal can solve: printed as one line, without a stack.
 * Anything else that is thrown is a defect and keeps its stack.
 */
export class PlainProblem extends Error {}

/**
 * Runs a command of this project: a PlainProblem becomes one line and exit code 1.
 *
 * @param {() => Promise<void>} command
 * @returns {Promise<void>}
 */
export async function runCommand(command) {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof PlainProblem ? error.message : error);
    process.exit(1);
  }
}
