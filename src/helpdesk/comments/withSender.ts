import type { DeskComment } from '../port';

/**
 * A third party's comment with the address it came from. What one of the company's own addresses has sent is our own
 * mail that came back, or a colleague's copy of it: no question to us.
 *
 * @param address - as the desk writes it: `bo@mail.example` or `"Bo" <bo@mail.example>`.
 * @param companyAddresses - lower case.
 */
export function withSender(
  comment: DeskComment,
  address: string | null | undefined,
  companyAddresses: ReadonlySet<string>,
): DeskComment {
  if (comment.author !== 'third-party' || !address) return comment;
  const sentFrom = (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();
  return {
    ...comment,
    sentFrom,
    machineMade: comment.machineMade || companyAddresses.has(sentFrom),
  };
}
