import { dashboardPath, KINDS, SHOWN, type DashboardFilter } from '@/lib/dashboard/query';
import { dashboard } from '@/messages/en/dashboard';

/** Which part of the list: plain links, so that a choice can be kept as a bookmark. */
export function DashboardFilters({ filter }: { readonly filter: DashboardFilter }) {
  const { show, kind } = dashboard.filters;
  return (
    <div className="flex flex-wrap gap-x-8">
      <Choices
        label={show.label}
        choices={SHOWN.map((value) => ({
          label: show.choices[value],
          href: dashboardPath({ ...filter, show: value }),
          isChosen: filter.show === value,
        }))}
      />
      <Choices
        label={kind.label}
        choices={KINDS.map((value) => ({
          label: kind.choices[value],
          href: dashboardPath({ ...filter, kind: value }),
          isChosen: filter.kind === value,
        }))}
      />
    </div>
  );
}

interface Choice {
  readonly label: string;
  readonly href: string;
  readonly isChosen: boolean;
}

function Choices({ label, choices }: { readonly label: string; readonly choices: Choice[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-x-4">
      {choices.map((choice) => (
        <a
          key={choice.href}
          href={choice.href}
          aria-current={choice.isChosen ? 'page' : undefined}
          className="quiet-link"
        >
          {choice.label}
        </a>
      ))}
    </nav>
  );
}
