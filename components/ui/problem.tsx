import { Notice } from '@/components/ui/notice';

/** Why pressing came to nothing; announced when it appears. Renders nothing visible without one. */
export function Problem({ text }: { readonly text: string | null | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && (
        <Notice tone="danger">
          <p>{text}</p>
        </Notice>
      )}
    </div>
  );
}
