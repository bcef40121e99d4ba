import { MarkedText } from '@/components/ui/marked-text';

export interface FactsTableProps {
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
