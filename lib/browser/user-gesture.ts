/**
 * Whether a person is behind a submit. A link scanner that runs the page's
 * scripts can submit a form and call `click()` on its buttons, but such events
 * are not trusted by the browser, and neither is counted here. The browser's
 * record of user activation is not asked: automation can have it set.
 */

/** A submit follows its press at once; a second is generous. Milliseconds. */
const LASTS_MS = 1000;

let lastPress: { readonly form: HTMLFormElement; readonly at: number } | null = null;

/** A press of a button of the form, or the Enter key in one of its fields. */
function notePress(event: Event): void {
  if (!event.isTrusted || !(event.target instanceof Element)) return;
  if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
  const form = event.target.closest('form');
  const isPress = event.type === 'keydown' || event.target.closest('button') !== null;
  if (form !== null && isPress) lastPress = { form, at: event.timeStamp };
}

/** Starts noticing presses; returns how to stop. */
export function watchForGestures(): () => void {
  addEventListener('click', notePress, { capture: true });
  addEventListener('keydown', notePress, { capture: true });
  return () => {
    removeEventListener('click', notePress, { capture: true });
    removeEventListener('keydown', notePress, { capture: true });
  };
}

/** Whether a person has just pressed something in this form. */
export function isPersonPressing(form: HTMLFormElement): boolean {
  return lastPress?.form === form && performance.now() - lastPress.at < LASTS_MS;
}
