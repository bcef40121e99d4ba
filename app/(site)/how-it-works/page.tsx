import type { Metadata } from 'next';
import { AnchoredHeading, MarkedText, Prose } from '@/components/ui/prose';
import { PageHeading } from '@/components/ui/surface';
import { brand } from '@/lib/brand';
import { howItWorks } from '@/messages/en/how-it-works';
import { fill } from '@/messages/fill';
import { LetterPicture } from './letter-picture';
import { Contents, FactsTable, Paragraphs, SealSteps } from './parts';

const words = howItWorks;

export const metadata: Metadata = { title: words.title };

/** First for everybody, then for those who want to know exactly. Prerendered, and without a script of its own. */
export default function HowItWorks() {
  const sections = [
    words.technical,
    words.names,
    words.browserSeal,
    words.serverSeal,
    words.requests,
    words.passphrase,
    words.once,
    words.sees,
    words.learns,
    words.questions,
  ];
  return (
    <>
      <PageHeading>{words.heading}</PageHeading>
      <div className="plain-words">
        {words.sentences.map((sentence) => (
          <p key={sentence}>{fill(sentence, { brand: brand.name })}</p>
        ))}
      </div>
      <LetterPicture words={words.picture} />
      <Contents label={words.contents} sections={sections} />

      <Prose>
        <AnchoredHeading level={2} id={words.technical.id}>
          {words.technical.heading}
        </AnchoredHeading>
        <Paragraphs texts={[words.technical.text, words.technical.tell]} />

        <AnchoredHeading level={2} id={words.names.id}>
          {words.names.heading}
        </AnchoredHeading>
        <FactsTable
          caption={words.names.caption}
          columns={[words.names.columns.symbol, words.names.columns.meaning]}
          rows={words.names.rows}
          className="facts-names"
        />

        <SealSteps words={words.browserSeal} />
        <SealSteps words={words.serverSeal} />
        <SealSteps words={words.requests} />

        <AnchoredHeading level={2} id={words.passphrase.id}>
          {words.passphrase.heading}
        </AnchoredHeading>
        <Paragraphs texts={words.passphrase.paragraphs} />

        <AnchoredHeading level={2} id={words.once.id}>
          {words.once.heading}
        </AnchoredHeading>
        <Paragraphs texts={words.once.paragraphs} />

        <AnchoredHeading level={2} id={words.sees.id}>
          {words.sees.heading}
        </AnchoredHeading>
        <FactsTable
          caption={words.sees.caption}
          columns={[words.sees.columns.what, words.sees.columns.browser, words.sees.columns.server]}
          rows={words.sees.rows}
        />

        <AnchoredHeading level={2} id={words.learns.id}>
          {words.learns.heading}
        </AnchoredHeading>
        <FactsTable
          caption={words.learns.caption}
          columns={[words.learns.columns.who, words.learns.columns.learns]}
          rows={words.learns.rows}
        />

        <AnchoredHeading level={2} id={words.questions.id}>
          {words.questions.heading}
        </AnchoredHeading>
        {words.questions.list.map(({ id, question, answer }) => (
          <section key={id} aria-labelledby={id}>
            <AnchoredHeading level={3} id={id}>
              <MarkedText text={question} />
            </AnchoredHeading>
            <Paragraphs texts={answer} />
          </section>
        ))}
      </Prose>
    </>
  );
}
