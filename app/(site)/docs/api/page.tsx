import type { Metadata } from 'next';
import { Contents, Paragraphs } from '@/app/(site)/how-it-works/parts';
import { AnchoredHeading, Prose } from '@/components/ui/prose';
import { PageHeading } from '@/components/ui/surface';
import { brand } from '@/lib/brand';
import { describeInterface } from '@/lib/server/api/document';
import { apiReference as words } from '@/messages/en/api-reference';
import { fill } from '@/messages/fill';
import { Problems, Reference } from './reference';

export const metadata: Metadata = { title: words.title };

/** The public interface for who writes a client: the document at its fixed address, drawn. Prerendered. */
export default function ApiReference() {
  const described = describeInterface();
  const operations = Object.entries(described.paths).map(([path, { post }]) => ({ path, ...post }));
  const sections = operations.map(({ operationId, summary }) => ({
    id: operationId,
    heading: summary,
  }));
  return (
    <>
      <PageHeading lead={fill(words.lead, { brand: brand.name })}>{words.heading}</PageHeading>
      <Prose className="mt-6">
        <Paragraphs texts={words.basics} />
        <p>
          <a href="/api/v1/openapi.json">{words.document}</a>
        </p>
      </Prose>
      <div className="mt-8">
        <Contents
          label={words.contents}
          sections={[...sections, { id: words.problems.id, heading: words.problems.heading }]}
        />
      </div>
      <Prose>
        {operations.map((operation) => (
          <Reference
            key={operation.path}
            operation={operation}
            schemas={described.components.schemas}
          />
        ))}
        <AnchoredHeading level={2} id={words.problems.id}>
          {words.problems.heading}
        </AnchoredHeading>
        <Paragraphs texts={words.problems.texts} />
        <Problems />
      </Prose>
    </>
  );
}
