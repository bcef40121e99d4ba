import { endHalf, ringRadius, rose, startHalf, wax } from '@/components/site/seal-shape';
import { classNames } from '@/components/ui/class-names';

export type SealState = 'open' | 'closed' | 'broken';

export interface SealProps {
  /** `open` before anything is sealed, `closed` once a link is made, `broken` once a secret was opened. */
  readonly state?: SealState | undefined;
  /** Plays the quarter of a second in which it came to its state; for a seal that appears with a change. */
  readonly moves?: boolean | undefined;
  /** Only where no words beside it say the same. */
  readonly label?: string | undefined;
  readonly className?: string | undefined;
}

/** The mark: a round seal of wax. It repeats what the words beside it say, so it is silent by default. */
export function Seal({ state = 'closed', moves = false, label, className }: SealProps) {
  return (
    <svg
      viewBox="0 0 32 32"
      className={classNames('seal', moves && 'seal-moves', className)}
      focusable="false"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {state === 'open' && (
        <>
          <circle className="seal-place" cx="16" cy="16" r="14" strokeWidth="1.4" />
          <path className="seal-place" d={rose} strokeWidth="0.8" />
        </>
      )}
      {state === 'closed' && (
        <g className="seal-pressed">
          <path className="seal-wax" d={wax} />
          <circle className="seal-ring" cx="16" cy="16" r={ringRadius} />
          <path className="seal-rose" d={rose} />
        </g>
      )}
      {state === 'broken' && (
        <>
          <g className="seal-half seal-half-start">
            <path className="seal-wax" d={startHalf.wax} />
            <path className="seal-ring" d={startHalf.ring} />
            <path className="seal-rose" d={startHalf.rose} />
          </g>
          <g className="seal-half seal-half-end">
            <path className="seal-wax" d={endHalf.wax} />
            <path className="seal-ring" d={endHalf.ring} />
            <path className="seal-rose" d={endHalf.rose} />
          </g>
        </>
      )}
    </svg>
  );
}
