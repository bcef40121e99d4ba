import { asSeen } from '@/lib/visible-text';

/**
 * The labels of fields that stand together, each one's own: whoever comes to the second `Password`
 * reads `Password (2)`, and where another is called that already, `Password (3)`.
 */
export function distinctLabels(labels: readonly string[]): readonly string[] {
  const given = new Set(labels.map(asSeen));
  const shown = new Set<string>();
  return labels.map((label) => {
    const own = asSeen(label) === '' ? label : firstFree(label, given, shown);
    shown.add(asSeen(own));
    return own;
  });
}

function firstFree(label: string, given: ReadonlySet<string>, shown: ReadonlySet<string>): string {
  if (!shown.has(asSeen(label))) return label;
  for (let count = 2; ; count += 1) {
    const numbered = `${label} (${String(count)})`;
    const seen = asSeen(numbered);
    if (!given.has(seen) && !shown.has(seen)) return numbered;
  }
}
