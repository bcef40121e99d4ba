/** A browser of another engine, as far as the flows need one. Elements are named by XPath. */
export interface Driver {
  goto(url: string): Promise<void>;
  back(): Promise<void>;
  forward(): Promise<void>;
  reload(): Promise<void>;
  /** Waits for the element and presses it as a person does. */
  press(xpath: string): Promise<void>;
  /** Waits for the control and types into it, in place of what is there. */
  type(xpath: string, text: string): Promise<void>;
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  /** What to install, where it is missing; null where it is there. */
  missing(): string | null;
  start(): Promise<Driver>;
}

const PATIENCE_MS = 45_000;
const LOOK_AGAIN_MS = 50;

/** Waits until `look` gives something other than null. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null>,
): Promise<Found> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    // A page that is being left answers with an error: the next look is at the next one.
    const found = await look().catch(() => null);
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`There is still no ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
