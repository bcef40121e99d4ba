/** Before each test file: what the one before it left to this process is not there any more. */
import { forgetRuntime } from './runtime';

forgetRuntime();
