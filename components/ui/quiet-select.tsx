import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import type { SelectOption } from '@/components/ui/select';

export interface QuietSelectProps extends Omit<ComponentProps<'select'>, 'children' | 'className'> {
  /** The accessible name. */
  readonly label: string;
  /** Where what stands beside it says as much to those who see. */
  readonly hidesLabel?: boolean;
  readonly options: readonly SelectOption[];
  /** Goes to the box around label and select. */
  readonly className?: string;
}

/** A native select that looks like a word among words, for what is seldom changed. */
export function QuietSelect({
  label,
  hidesLabel = false,
  options,
  className,
  ...rest
}: QuietSelectProps) {
  return (
    <label className={classNames('quiet-select', className)}>
      <span className={hidesLabel ? 'visually-hidden' : undefined}>{label}</span>
      <select {...rest} className="quiet-select-control">
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
