import { Seal, type SealProps } from '@/components/site/seal';
import { classNames } from '@/components/ui/class-names';

/** A hairline with the seal in its middle: stands at the head of a card. `className` goes to the line. */
export function SealRule({ className, ...seal }: SealProps) {
  return (
    <div className={classNames('seal-rule', className)}>
      <Seal {...seal} />
    </div>
  );
}
