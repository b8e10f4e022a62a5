import { SectionCard } from '#components/section-card.tsx';
import type { ReferenceSection } from '#lib/api/reference/reference.ts';
import { MethodBadge } from './method-badge.tsx';

/** Every operation as a link to where it stands. */
export function Contents({ sections }: { sections: readonly ReferenceSection[] }) {
  return (
    <SectionCard heading="Operations">
      <nav aria-label="Operations" className="grid gap-6 sm:grid-cols-2">
        {sections.map(({ tag, operations }) => (
          <div key={tag} className="min-w-0">
            <h3 className="font-semibold">{tag}</h3>
            <ul className="mt-1">
              {operations.map(({ id, method, summary }) => (
                <li key={id}>
                  <a href={`#${id}`} className="flex min-h-11 items-center gap-3 py-1.5">
                    <span className="w-18 shrink-0">
                      <MethodBadge>{method}</MethodBadge>
                    </span>
                    <span className="text-link min-w-0 wrap-anywhere">{summary}</span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </SectionCard>
  );
}
