import { register as registerHooks } from 'node:module';
import { register as registerTypeScript } from 'tsx/esm/api';

/*
 * Lets Node run this project's TypeScript: `node --import ./scripts/register-typescript.mjs file.ts`.
 * `server-only` guards modules against a browser bundle and throws everywhere but in React's
 * server bundle. Node's `react-server` condition would silence it, but it would also change which
 * React a server started from here gets; so only that one name is answered with an empty module.
 */
registerTypeScript();
registerHooks('./server-only-hooks.mjs', import.meta.url);
