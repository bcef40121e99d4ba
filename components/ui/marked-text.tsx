/**
 * A sentence with a little markup: `code` between backticks, **names of
 * controls** between double asterisks. Everything else is plain text.
 */
export function MarkedText({ text }: { readonly text: string }) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((piece, index) => {
    if (piece.startsWith('`')) return <code key={index}>{piece.slice(1, -1)}</code>;
    if (piece.startsWith('**')) return <b key={index}>{piece.slice(2, -2)}</b>;
    return piece;
  });
}
