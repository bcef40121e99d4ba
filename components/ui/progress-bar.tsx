import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

export interface ProgressBarProps extends Omit<ComponentProps<'progress'>, 'children'> {
  /** Says what is under way. */
  readonly label: ReactNode;
  /** From 0 to `max`; left out while it is unknown how much is left. */
  readonly value?: number | undefined;
}

/** A native progress bar under its label. */
export function ProgressBar({ label, id, max = 1, className, ...rest }: ProgressBarProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <div className={classNames('progress', className)}>
      <label className="progress-label" htmlFor={controlId}>
        {label}
      </label>
      <progress {...rest} id={controlId} max={max} className="progress-bar" />
    </div>
  );
}
