/**
 * The vector checks as one script for a real browser: bundle this file, load it
 * into a page of a secure context (https or localhost, or WebCrypto is missing),
 * and call `runVectorChecks()`.
 */
import { allVectors } from './all-vectors';
import { checkVectors, type VectorResult } from './check-vectors';
import { stretchWithHashWasm } from './stretch-with-hash-wasm';

declare global {
  var runVectorChecks: () => Promise<VectorResult[]>;
}

globalThis.runVectorChecks = () => checkVectors(allVectors, stretchWithHashWasm);
