/**
 * The labels of fields that stand together, each one's own: whoever comes to the second `Password`
 * reads `Password (2)`. Labels that only look different to a machine count as equal.
 */
export function distinctLabels(labels: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    const key = label.normalize('NFKC').toLowerCase().trim();
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 || key === '' ? label : `${label} (${String(count)})`;
  });
}
