import { LinkQr, MadeLink } from '@/components/secret/made-link';
import { CopyButton } from '@/components/ui/copy-button';
import { Disclosure } from '@/components/ui/surface';
import { formatInstant } from '@/lib/format-instant';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/field';
import { common } from '@/messages/en/common';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.result;

export interface LinkBoxProps {
  /** With its fragment. */
  readonly link: string;
  readonly question: string;
  /** ISO 8601 */
  readonly expiresAt: string;
}

const MAIL_ID = 'request-mail';

/** A request's link with one obvious way to copy it, and the others folded away. */
export function LinkBox({ link, question, expiresAt }: LinkBoxProps) {
  const when = formatInstant(new Date(expiresAt), 'en-GB', undefined);
  const mail = fill(words.mail.text, { question, link, when });
  return (
    <div className="grid gap-4">
      <MadeLink
        id="request-link"
        label={words.link}
        link={link}
        copy={words.copy}
        variant="primary"
        isShared
      />
      <Disclosure summary={words.mail.label}>
        <div className="grid gap-4">
          <TextArea
            {...TYPED_SECRET}
            id={MAIL_ID}
            label={words.mail.label}
            readOnly
            rows={10}
            value={mail}
          />
          <div>
            <CopyButton text={mail} sourceId={MAIL_ID} words={common.copying}>
              {words.mail.copy}
            </CopyButton>
          </div>
        </div>
      </Disclosure>
      <LinkQr link={link} qr={null} words={words} />
    </div>
  );
}
