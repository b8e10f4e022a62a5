const inWords = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const dayInWords = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });

/** @param month as `2026-11` @returns as "November 2026" */
export const monthWords = (month: string): string => inWords.format(Date.parse(`${month}-01`));

/** @param day as `2026-11-23` @returns as "23 Nov" */
export const dayWords = (day: string): string => dayInWords.format(Date.parse(day));
