import { markPackagesCurrent } from './setup/packages.mjs';
import { runCommand } from './setup/plain-problem.mjs';
import { linkPostgresLibraries } from './setup/postgres-libraries.mjs';
import { generatePrismaClient } from './setup/prisma-client.mjs';

// After every install a checkout can build and run; nothing here needs a network.
await runCommand(async () => {
  linkPostgresLibraries();
  await generatePrismaClient();
  markPackagesCurrent();
});
