export interface ContentsProps {
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
