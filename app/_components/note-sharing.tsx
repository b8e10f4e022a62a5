import type { Note } from '#lib/notes/note.ts';
import { SectionCard } from './section-card.tsx';

/** One group with the button that shares the note with it, or takes it back. */
function GroupButton({ note, group, shared }: { note: Note; group: string; shared: boolean }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <span className="min-w-0 wrap-anywhere">{group}</span>
      <form method="post" action={shared ? '/notes/unshare' : '/notes/share'}>
        <input type="hidden" name="id" value={note.id} />
        <input type="hidden" name="group" value={group} />
        <button
          type="submit"
          className="button-quiet"
          aria-label={shared ? `Take back from ${group}` : `Share with ${group}`}
        >
          {shared ? 'Take back' : 'Share'}
        </button>
      </form>
    </li>
  );
}

/** With whom the owner shares a note, and with whom they could. */
export function NoteSharing({ note, groups }: { note: Note; groups: readonly string[] }) {
  const others = groups.filter((group) => !note.shared_with.includes(group));
  return (
    <SectionCard
      heading="Share it with a group"
      note="The members of the group read it, whichever tenant they belong to. Only you change it."
    >
      {note.shared_with.length + others.length === 0 ? (
        <p className="text-quiet">You are in no group that you could share it with.</p>
      ) : (
        <ul className="divide-y divide-edge">
          {note.shared_with.map((group) => (
            <GroupButton key={group} note={note} group={group} shared />
          ))}
          {others.map((group) => (
            <GroupButton key={group} note={note} group={group} shared={false} />
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
