/**
 * Whether a member of the staff was signed in here lately: the footer, which is the same for everybody,
 * leads them to their dashboard by it, and a page that finds nobody signed in knows that there may be a
 * vault to lock. It proves nothing and opens nothing. The same key as in public/theme.js.
 */
const STORAGE_KEY = 'staff';

export function rememberStaff(): void {
  try {
    localStorage.setItem(STORAGE_KEY, '');
  } catch {
    // Storage may be forbidden here: then the footer leads to signing in.
  }
}

export function forgetStaff(): void {
  try {
    localStorage.removeItem(STORAGE_KEY);
  } catch {
    // As above.
  }
}

export function wasStaffHere(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== null;
  } catch {
    // What may not be stored is not: a vault neither.
    return false;
  }
}
