/**
 * Gives the focus to the control with this id. For a group of controls, to
 * the first that is marked as invalid, or else to the first to type into.
 */
export function focusField(id: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLFieldSetElement)) {
    field?.focus();
    return;
  }
  const first = ['[aria-invalid="true"]', 'input, textarea', 'summary']
    .flatMap((selector) => [...field.querySelectorAll<HTMLElement>(selector)])
    .find((control) => control.checkVisibility());
  first?.focus();
}
