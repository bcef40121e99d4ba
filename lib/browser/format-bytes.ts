const KIB = 1024;
const MIB = KIB * KIB;

/** '812 KiB' or '1.34 MiB': rounded up, so that what is too large never looks as if it fitted. */
export function formatBytes(bytes: number): string {
  if (bytes < MIB) return `${Math.ceil(bytes / KIB)} KiB`;
  return `${(Math.ceil((bytes / MIB) * 100) / 100).toFixed(2)} MiB`;
}
