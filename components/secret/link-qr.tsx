'use client';

import { useState } from 'react';
import { Disclosure } from '@/components/ui/disclosure';
import { loadPart } from '@/lib/browser/load-part';
import type { QrPath } from '@/lib/qr-path';
import { compose } from '@/messages/en/compose';

export interface LinkQrProps {
  readonly link: string;
  /** Already drawn by the server; null to draw it here when it is first looked at. */
  readonly qr: QrPath | null;
  readonly words?: Readonly<Record<'qr' | 'qrLabel' | 'qrFailed', string>> | undefined;
}

/** The QR code of a link, folded away. Dark on white in every theme: cameras expect it so. */
export function LinkQr({ link, qr, words = compose.result }: LinkQrProps) {
  const [drawn, setDrawn] = useState(qr);
  const [hasFailed, setFailed] = useState(false);

  async function draw() {
    if (drawn !== null) return;
    try {
      const { qrPath } = await loadPart(() => import('@/lib/qr-path'));
      setDrawn(qrPath(link));
    } catch {
      setFailed(true);
    }
  }

  return (
    <Disclosure summary={words.qr} onToggle={() => void draw()}>
      {drawn !== null && (
        <svg
          role="img"
          aria-label={words.qrLabel}
          viewBox={`0 0 ${drawn.size} ${drawn.size}`}
          shapeRendering="crispEdges"
          className="block w-full max-w-56"
        >
          <rect width={drawn.size} height={drawn.size} fill="#fff" />
          <path d={drawn.path} fill="#000" />
        </svg>
      )}
      {hasFailed && <p role="status">{words.qrFailed}</p>}
    </Disclosure>
  );
}
