/**
 * Faults on demand: what a network, a help desk and a shop do wrong, at will and repeatably. The first rule that matches
 * a request, has times left and wins its throw decides.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const faultSchema = z.discriminatedUnion('type', [
  /** Answers at once, without doing anything. */
  z.strictObject({
    type: z.literal('status'),
    status: z.number().int().min(200).max(599),
    /** As the header says it: seconds or an HTTP date. */
    retryAfter: z.union([z.number(), z.string()]).optional(),
    /** A text is sent as it is, anything else as JSON. */
    body: z.unknown().optional(),
  }),
  /** The connection is reset and nothing was done. */
  z.strictObject({ type: z.literal('reset-before') }),
  /** Everything was done and stored; then the connection is reset. */
  z.strictObject({ type: z.literal('reset-after') }),
  /** The request is held back, at most until the rule is cleared, then carried out even if the caller has gone. */
  z.strictObject({ type: z.literal('delay'), ms: z.number().int().min(0).max(600_000) }),
  /** Everything was done and stored; the answer is cut in the middle of its JSON, with status 200. */
  z.strictObject({ type: z.literal('malformed') }),
]);
export type Fault = z.infer<typeof faultSchema>;

export const faultRuleSchema = z.strictObject({
  /**
   * `PUT /api/v2/tickets/*`: a method (or `*`) and a path without query and `.json`; `*` stands for one part of
   * it, `**` for all the rest. Left out: every request to the API.
   */
  route: z
    .string()
    .regex(/^(\*|[A-Z]+) \/\S*$/, 'must be a method and a path, such as PUT /api/v2/tickets/*')
    .optional(),
  /** How often; left out: until the rule is cleared. */
  times: z.number().int().min(1).optional(),
  /** Probability of each matching request, 0 to 1, thrown from `seed`. */
  chance: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
  fault: faultSchema,
});
export type FaultRule = z.infer<typeof faultRuleSchema>;

export interface ActiveFault {
  readonly id: string;
  readonly rule: FaultRule;
  /** How often it struck. */
  readonly struck: number;
}

interface Striking extends ActiveFault {
  struck: number;
  readonly random: () => number;
  readonly path: RegExp;
}

export class Faults {
  private active: Striking[] = [];
  private readonly cleared = new WeakMap<Fault, AbortController>();

  /** @throws ZodError for a rule that makes no sense. @returns the rule's id. */
  add(rule: FaultRule): string {
    const parsed = faultRuleSchema.parse(rule);
    const id = randomUUID();
    this.cleared.set(parsed.fault, new AbortController());
    this.active.push({
      id,
      rule: parsed,
      struck: 0,
      random: seeded(parsed.seed ?? 1),
      path: patternOf(parsed.route),
    });
    return id;
  }

  list(): ActiveFault[] {
    return this.active.map(({ id, rule, struck }) => ({ id, rule, struck }));
  }

  /** All of them, or the one with this id. What they hold back goes on. */
  clear(id?: string): void {
    const isMeant = (fault: Striking): boolean => id === undefined || fault.id === id;
    for (const { rule } of this.active.filter(isMeant)) this.cleared.get(rule.fault)?.abort();
    this.active = this.active.filter((fault) => !isMeant(fault));
  }

  /** The fault that strikes this request, counted. @param url - path and query as received. */
  strike(method: string, url: string): Fault | null {
    const request = `${method} ${url.replace(/\?.*$/s, '').replace(/\.json$/, '')}`;
    for (const candidate of this.active) {
      const { rule } = candidate;
      if (rule.times !== undefined && candidate.struck >= rule.times) continue;
      if (!candidate.path.test(request)) continue;
      if (rule.chance !== undefined && candidate.random() >= rule.chance) continue;
      candidate.struck += 1;
      return rule.fault;
    }
    return null;
  }

  /** For as long as a request is held back that this fault of `strike` has struck. */
  async hold(fault: Extract<Fault, { type: 'delay' }>): Promise<void> {
    const signal = this.cleared.get(fault)?.signal;
    await sleep(fault.ms, undefined, { ref: false, ...(signal && { signal }) }).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
  }
}

function patternOf(route: string | undefined): RegExp {
  if (route === undefined) return /^/;
  const [method = '*', path = ''] = route.split(' ');
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'));
  return new RegExp(`^${method === '*' ? '[A-Z]+' : method} ${source}$`);
}

/** mulberry32, a small generator in the public domain (Tommy Ettinger): good enough to throw dice with, 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
