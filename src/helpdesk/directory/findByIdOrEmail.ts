/**
 * Somebody of the team, by what they call themselves: an id or an e-mail address. Null for anything else, which no desk is
 * asked about.
 */
export function findByIdOrEmail<T>(
  who: string,
  byId: (id: string) => Promise<T | null>,
  byEmail: (email: string) => Promise<T | null>,
): Promise<T | null> {
  const wanted = who.trim().toLowerCase();
  if (/^[1-9]\d{0,19}$/.test(wanted)) return byId(wanted);
  return /^[^\s@"]+@[^\s@"]+$/.test(wanted) ? byEmail(wanted) : Promise.resolve(null);
}
