import { writeFileSync } from 'node:fs';
import { fingerprint, readIfPresent } from './fingerprint.mjs';
import { inCheckout } from './paths.mjs';
import { PlainProblem } from './plain-problem.mjs';
import { runNode } from './run-program.mjs';

const STAMP = inCheckout('lib', 'server', 'prisma-client', '.generated-from');
const INPUTS = ['prisma/schema.prisma', 'scripts/generate.mjs', 'package-lock.json'];

/** Whether the generated client is that of the schema. */
export function prismaClientIsCurrent() {
  return readIfPresent(STAMP) === fingerprint(INPUTS);
}

/** Generates lib/server/prisma-client from the schema. */
export async function generatePrismaClient() {
  const code = await runNode(['scripts/generate.mjs']);
  if (code !== 0) throw new PlainProblem('The database client could not be generated: see above.');
  writeFileSync(STAMP, fingerprint(INPUTS));
}
