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

/** A hairline with the seal in its middle: stands at the head of a card. `className` goes to the line. */
export function SealRule({ className, ...seal }: SealProps) {
  return (
    <div className={classNames('seal-rule', className)}>
      <Seal {...seal} />
    </div>
  );
}

/*
 * The mark, drawn on a field of 32 by 32: wax pressed by hand, not quite
 * round, with a six-petalled rose struck by compass. The rose has no petal
 * upright, so that the crack runs between the petals.
 */

const petal = (tip: string) => `M16 16A9.2 9.2 0 0 1 ${tip}A9.2 9.2 0 0 1 16 16Z`;

const startEdge =
  'M16 30.54C14.15 30.49 12.22 29.96 10.51 29.25C8.8 28.54 7.06 27.55 5.73 26.27C4.4 24.99 3.28 23.28 2.55 21.57C1.81 19.86 1.38 17.88 1.33 16C1.28 14.12 1.51 12.01 2.25 10.31C3 8.6 4.39 6.98 5.79 5.79C7.2 4.61 8.99 3.85 10.69 3.19C12.4 2.53 14.18 1.95 16 1.82';

const endEdge =
  'C17.82 1.69 19.88 1.79 21.63 2.41C23.38 3.03 25.13 4.2 26.48 5.52C27.83 6.84 29.06 8.56 29.74 10.31C30.43 12.05 30.73 14.15 30.61 16C30.48 17.85 29.76 19.71 29 21.38C28.24 23.06 27.28 24.69 26.06 26.06C24.83 27.42 23.3 28.83 21.62 29.58C19.95 30.33 17.85 30.6 16 30.54';

/** The whole of the wax. */
export const wax = `${startEdge}${endEdge}Z`;

/** Its two pieces, and on each three petals and half of the ring. */
const startHalf = {
  wax: `${startEdge}L15.6 5.2 16.8 8.6 15.4 12 16.5 15.2 15.7 18.6 16.9 22.6 15.2 26.5Z`,
  rose: petal('11.4 23.97') + petal('6.8 16') + petal('11.4 8.03'),
  ring: 'M15 4.84A11.2 11.2 0 0 0 15 27.16',
};

export const endHalf = {
  wax: `M16 1.82${endEdge}L15.2 26.5 16.9 22.6 15.7 18.6 16.5 15.2 15.4 12 16.8 8.6 15.6 5.2Z`,
  rose: petal('20.6 8.03') + petal('25.2 16') + petal('20.6 23.97'),
  ring: 'M17 4.84A11.2 11.2 0 0 1 17 27.16',
};

export const rose = startHalf.rose + endHalf.rose;

export const ringRadius = 11.2;
