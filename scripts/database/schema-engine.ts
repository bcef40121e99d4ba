import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { migrationAdapterFactory } from './migration-adapter';
import { readPrismaSchema } from './prisma-files';

/*
 * Prisma's schema engine as WebAssembly. Its package's own entry needs a Node flag to import the
 * .wasm file, and the native engine wants a download: this does neither.
 */

/** Where the engine leaves the reason when it panics, before it throws "unreachable". */
const panicRegistry = {
  set_message(message: string): void {
    console.error(message);
  },
};

let loaded: Promise<void> | undefined;

/** Runs `work` with an engine for the database behind `url`. */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: engineBindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= loadBindings();
  await loaded;
  const { factory, disconnect } = migrationAdapterFactory(url);
  try {
    const engine = await engineBindings.SchemaEngine.new(
      { datamodels: await readPrismaSchema() },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await disconnect();
  }
}

async function loadBindings(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const code = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(code, {
    './schema_engine_bg.js': engineBindings as unknown as WebAssembly.ModuleImports,
  });
  const exports = instance.exports as WebAssembly.Exports & { __wbindgen_start(): void };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panicRegistry });
  engineBindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}
