import { type Lifetime, lifetimeSentence, positionIn, remainingWords } from './lifetime.ts';
import { clockWords } from './time-words.ts';

/**
 * A token's life as a bar: what has passed is pale, what is left is strong, a needle stands at now. Drawn with SVG
 * attributes rather than styles, so that it needs no inline style from the content security policy.
 * @param now seconds since the epoch
 */
export function LifetimeBar({ lifetime, now }: { lifetime: Lifetime; now: number }) {
  const { name, issuedAt, endsAt, refreshDueAt } = lifetime;
  const passed = positionIn(lifetime, now);
  const due = refreshDueAt === undefined ? undefined : positionIn(lifetime, refreshDueAt);
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold">{name}</h3>
        <p className="text-sm text-quiet">{remainingWords(lifetime, now)}</p>
      </div>
      <svg
        role="img"
        aria-label={lifetimeSentence(lifetime, now)}
        className="mt-2 block h-8 w-full overflow-visible"
      >
        <rect y="8" width="100%" height="16" rx="8" className="fill-sunken stroke-edge" />
        {passed < 100 && (
          <rect x={`${passed}%`} y="8" width={`${100 - passed}%`} height="16" rx="8" className="fill-teal" />
        )}
        {due !== undefined && (
          <g className="stroke-card">
            <line x1={`${due}%`} x2={`${due}%`} y1="3" y2="29" strokeWidth="7" />
            <line x1={`${due}%`} x2={`${due}%`} y1="4" y2="28" className="stroke-coral" strokeWidth="3" />
          </g>
        )}
        <line x1={`${passed}%`} x2={`${passed}%`} y1="1" y2="31" className="stroke-card" strokeWidth="7" />
        <line x1={`${passed}%`} x2={`${passed}%`} y1="2" y2="30" className="stroke-ink" strokeWidth="3" />
      </svg>
      <div className="mt-1 flex flex-wrap justify-between gap-x-4 text-sm text-quiet" aria-hidden="true">
        <span>issued {clockWords(issuedAt, now)}</span>
        {refreshDueAt !== undefined && (
          <span className="inline-flex items-center gap-2">
            <span className="h-4 w-1 rounded-full bg-coral" />
            refresh due {clockWords(refreshDueAt, now)}
          </span>
        )}
        <span>ends {clockWords(endsAt, now)}</span>
      </div>
    </div>
  );
}
