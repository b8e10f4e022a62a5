import { Identifier } from '#components/identifier.tsx';
import type { Member } from '#lib/api/reference/schema-reader.ts';
import { Words } from './words.tsx';

type Props = {
  members: readonly (Member & { in?: string })[];
  /** Of an answer, everything comes back that is not said to be optional. */
  says: 'required' | 'optional';
};

function note({ in: place, required }: Props['members'][number], says: Props['says']): string {
  const standing = required === (says === 'required') ? says : undefined;
  return [place && `in the ${place}`, standing].filter(Boolean).join(', ');
}

/** Names with what they are, one below the other. */
export function MemberList({ members, says }: Props) {
  return (
    <dl className="divide-y divide-edge">
      {members.map((member) => (
        <div key={`${member.in} ${member.name}`} className="py-2 first:pt-0 last:pb-0">
          <dt className="flex flex-wrap items-baseline gap-x-3">
            <Identifier>{member.name}</Identifier>
            <span className="text-sm text-quiet">
              {[member.type, note(member, says)].filter(Boolean).join(' · ')}
            </span>
          </dt>
          {member.description && (
            <dd className="text-sm leading-6 wrap-anywhere">
              <Words>{member.description}</Words>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
