import type { ReactNode } from 'react';
import { endHalf, ringRadius, rose, wax } from '@/components/site/seal';

interface Panel {
  readonly heading: string;
  readonly text: string;
}

interface LetterPictureProps {
  readonly words: {
    readonly label: string;
    readonly sealed: Panel;
    readonly link: Panel;
    readonly opened: Panel;
  };
}

/** Sealed, sent with its key in the link, opened once: three drawings, each with its words. */
export function LetterPicture({ words }: LetterPictureProps) {
  const panels = [
    { drawing: <EnvelopeSealed />, words: words.sealed },
    { drawing: <KeyInLink />, words: words.link },
    { drawing: <EnvelopeOpened />, words: words.opened },
  ];
  return (
    <figure className="letter-picture" aria-label={words.label}>
      <ol className="letter-picture-panels" role="list">
        {panels.map(({ drawing, words: { heading, text } }) => (
          <li key={heading} className="letter-picture-panel">
            {drawing}
            <div>
              <p className="letter-picture-heading">{heading}</p>
              <p className="letter-picture-text">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/* Drawn on fields of 160 by 120. The words beside them say what they show, so they are silent. */

function Drawing({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="drawing" viewBox="0 0 160 120" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

function SealAt({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x - 16} ${y - 16})`}>
      <path className="seal-wax" d={wax} />
      <circle className="seal-ring" cx="16" cy="16" r={ringRadius} />
      <path className="seal-rose" d={rose} />
    </g>
  );
}

function PieceAt({
  piece,
  transform,
}: {
  readonly piece: typeof endHalf;
  readonly transform: string;
}) {
  return (
    <g transform={transform}>
      <path className="seal-wax" d={piece.wax} />
      <path className="seal-ring" d={piece.ring} />
      <path className="seal-rose" d={piece.rose} />
    </g>
  );
}

function EnvelopeSealed() {
  return (
    <Drawing>
      <rect className="drawing-paper" x="18" y="26" width="124" height="80" rx="2" />
      <path className="drawing-line" d="M19 105 66 65.5M141 105 94 65.5" />
      <path className="drawing-paper" d="M19 27 76 69.5Q80 72.5 84 69.5L141 27" />
      <SealAt x={80} y={68} />
    </Drawing>
  );
}

function KeyInLink() {
  return (
    <Drawing>
      <rect className="drawing-paper" x="8" y="22" width="144" height="26" rx="2" />
      <path className="drawing-writing" d="M18 35h22M45 35h4M54 35h40" />
      <text className="drawing-sign" x="104" y="40.5">
        #
      </text>
      <path className="drawing-thread" d="M124 41v14" />
      <g className="drawing-key">
        <circle cx="124" cy="70" r="14.5" />
        <circle cx="124" cy="70" r="10.5" />
        <path transform="translate(111.2 57.2) scale(.8)" d={rose} />
        <path d="M109.5 68.2H44v3.6h4v8h5v-5h4v5h5v-8h47.5" />
      </g>
    </Drawing>
  );
}

/** One piece of the seal stays on the flap, the other on the envelope. */
function EnvelopeOpened() {
  return (
    <Drawing>
      <path className="drawing-paper" d="M19 57 76 17.5Q80 14.8 84 17.5L141 57Z" />
      <PieceAt piece={endHalf} transform="translate(64 4) rotate(84 16 16)" />
      <rect className="drawing-paper" x="34" y="33" width="92" height="62" rx="1" />
      <path className="drawing-writing" d="M46 44h42M46 53h66M46 62h54" />
      <path
        className="drawing-paper"
        d="M18 57 72 82.5Q80 86 88 82.5L142 57V104Q142 106 140 106H20Q18 106 18 104Z"
      />
      <path className="drawing-line" d="M19 105 68 80.8M141 105 92 80.8" />
      <PieceAt piece={endHalf} transform="translate(64 71) rotate(95 16 16)" />
    </Drawing>
  );
}
