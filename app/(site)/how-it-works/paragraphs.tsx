import { MarkedText } from '@/components/ui/marked-text';

export function Paragraphs({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text) => (
    <p key={text}>
      <MarkedText text={text} />
    </p>
  ));
}
