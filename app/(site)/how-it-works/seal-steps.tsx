import { AnchoredHeading } from '@/components/ui/anchored-heading';
import { MarkedText } from '@/components/ui/marked-text';

interface Phase {
  readonly heading: string;
  readonly steps: readonly string[];
}

export interface SealStepsProps {
  readonly words: {
    readonly id: string;
    readonly heading: string;
    readonly text: string;
    readonly sealing: Phase;
    readonly opening: Phase;
  };
}

/** One way to seal: how a secret gets in, and how it comes out again. */
export function SealSteps({ words: { id, heading, text, sealing, opening } }: SealStepsProps) {
  return (
    <>
      <AnchoredHeading level={2} id={id}>
        {heading}
      </AnchoredHeading>
      <p>{text}</p>
      <Steps id={`${id}-sealing`} {...sealing} />
      <Steps id={`${id}-opening`} {...opening} />
    </>
  );
}

function Steps({ id, heading, steps }: Phase & { readonly id: string }) {
  return (
    <>
      <AnchoredHeading level={3} id={id}>
        {heading}
      </AnchoredHeading>
      {/* The style takes the list's markers away, and some readers with them the list: the role keeps it. */}
      <ol className="steps" role="list">
        {steps.map((step) => (
          <li key={step}>
            <span>
              <MarkedText text={step} />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
