import { AskedRow } from '@/components/dashboard/asked-row';
import { SentRow } from '@/components/dashboard/sent-row';
import type { DestroyState, DashboardRow } from '@/lib/dashboard/outcomes';
import { dashboard } from '@/messages/en/dashboard';

export interface DashboardListProps {
  readonly rows: readonly DashboardRow[];
  readonly destroySent: (previous: DestroyState, form: FormData) => Promise<DestroyState>;
}

export function DashboardList({ rows, destroySent }: DashboardListProps) {
  return (
    <ul aria-label={dashboard.list} className="border-t border-line">
      {rows.map((row) =>
        row.kind === 'secret' ? (
          <li key={row.statusToken} className="border-b border-line py-4">
            <SentRow secret={row} destroySent={destroySent} />
          </li>
        ) : (
          <li key={row.id} className="border-b border-line py-4">
            <AskedRow {...row} />
          </li>
        ),
      )}
    </ul>
  );
}
