type Hexed<Value> = Value extends Buffer ? string : Value;

/** The record with its byte strings as lower-case hex, and everything else as it is. */
export function hexOf<Values extends Record<string, unknown>>(
  values: Values,
): { [Key in keyof Values]: Hexed<Values[Key]> } {
  const entries = Object.entries(values).map(([key, value]) => [
    key,
    Buffer.isBuffer(value) ? value.toString('hex') : value,
  ]);
  return Object.fromEntries(entries) as { [Key in keyof Values]: Hexed<Values[Key]> };
}
