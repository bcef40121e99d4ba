import { AnchoredHeading, MarkedText } from '@/components/ui/prose';

interface ContentsProps {
  readonly label: string;
  readonly sections: readonly { readonly id: string; readonly heading: string }[];
}

/** Where things are on a long page. */
export function Contents({ label, sections }: ContentsProps) {
  return (
    <nav className="contents" aria-labelledby="contents-label">
      <h2 className="contents-label" id="contents-label">
        {label}
      </h2>
      <ul className="contents-list">
        {sections.map(({ id, heading }) => (
          <li key={id}>
            <a className="contents-link" href={`#${id}`}>
              {heading}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function Paragraphs({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text) => (
    <p key={text}>
      <MarkedText text={text} />
    </p>
  ));
}

interface FactsTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first of each row is its heading. */
  readonly rows: readonly (readonly [string, ...string[]])[];
  readonly className?: string | undefined;
}

export function FactsTable({ caption, columns, rows, className }: FactsTableProps) {
  return (
    <table className={className}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([heading, ...facts]) => (
          <tr key={heading}>
            <th scope="row">
              <MarkedText text={heading} />
            </th>
            {facts.map((fact, index) => (
              <td key={columns[index + 1]}>
                <MarkedText text={fact} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Phase {
  readonly heading: string;
  readonly steps: readonly string[];
}

interface SealStepsProps {
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
