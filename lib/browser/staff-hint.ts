/**
 * Whether somebody of the staff was signed in here lately: so that a page which
 * is printed for everybody can leave room for what it will show them. It proves
 * nothing and opens nothing. The same key and attribute as in public/theme.js.
 */
const STORAGE_KEY = 'staff';

export function rememberStaff(): void {
  try {
    localStorage.setItem(STORAGE_KEY, '');
  } catch {
    // Storage may be forbidden here: then the page moves a little when it knows.
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
