import encodeQR from 'qr';

/** SVG path data, one unit a module, and the width of the code with its quiet zone. */
export interface QrPath {
  readonly path: string;
  readonly size: number;
}

/** Draws a QR code (ISO/IEC 18004, error correction M, quiet zone of 4) of a link. */
export function qrPath(link: string): QrPath {
  const rows = encodeQR(link, 'raw', { ecc: 'medium', border: 4 });
  const path = rows
    .map((row, y) =>
      runsOf(row)
        .map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
        .join(''),
    )
    .join('');
  return { path, size: rows.length };
}

/** The dark runs of a row: where each begins and how long it is. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
