import { markPackagesCurrent } from './setup/checkout.mjs';
import { runCommand } from './setup/plain-problem.mjs';
import { linkPostgresLibraries } from './setup/checkout.mjs';
import { generatePrismaClient } from './setup/checkout.mjs';

// After every install a checkout can build and run; nothing here needs a network.
await runCommand(async () => {
  linkPostgresLibraries();
  await generatePrismaClient();
  markPackagesCurrent();
});
