import { EnvelopeOpened, EnvelopeSealed, KeyInLink } from './letter-drawings';

interface Panel {
  readonly heading: string;
  readonly text: string;
}

export interface LetterPictureProps {
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
