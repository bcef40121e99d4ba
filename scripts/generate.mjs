import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { inCheckout } from './setup/paths.mjs';

/*
 * Writes the Prisma client, as `prisma generate` does and with the same generator. Prisma's
 * command line itself would bring a development database, a studio and a search for a native
 * engine to download; none of them is needed here.
 */

// The generator's build for `import` refers to files that it does not have.
const require = createRequire(import.meta.url);
const { PrismaClientTsGenerator } = /** @type {typeof import('@prisma/client-generator-ts')} */ (
  require('@prisma/client-generator-ts')
);
const { getConfig, getDMMF } = /** @type {typeof import('@prisma/internals')} */ (
  require('@prisma/internals')
);
const { enginesVersion } = /** @type {{ enginesVersion: string }} */ (
  require('@prisma/engines-version')
);

const schemaPath = inCheckout('prisma', 'schema.prisma');
const datamodel = readFileSync(schemaPath, 'utf8');

const { generators, datasources } = await getConfig({ datamodel: [[schemaPath, datamodel]] });
const [generator] = generators;
if (!generator?.output?.value) throw new Error('prisma/schema.prisma names no output.');
// The schema says it relative to itself.
generator.output.value = resolve(dirname(schemaPath), generator.output.value);

await new PrismaClientTsGenerator().generate({
  generator,
  otherGenerators: [],
  schemaPath,
  datamodel,
  datasources,
  dmmf: await getDMMF({ datamodel: [[schemaPath, datamodel]] }),
  version: enginesVersion,
});
