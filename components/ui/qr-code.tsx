import type { QrPath } from '@/lib/qr-path';

interface QrCodeProps {
  readonly qr: QrPath;
  readonly label: string;
}

/** Dark on light in either theme: some readers know no other. */
export function QrCode({ qr: { path, size }, label }: QrCodeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="block w-full max-w-56"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
