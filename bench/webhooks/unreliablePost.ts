/**
 * Stands between a desk and the API and delivers as badly as the internet may: some deliveries are lost although the
 * desk was told that they arrived, some come twice, some late and so out of order. What is left is passed on as it came,
 * byte by byte, for signatures to hold.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Parts of all deliveries, 0 to 1. */
export interface Troubles {
  readonly duplicated: number;
  readonly late: number;
  readonly lost: number;
}

interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface PostFigures {
  readonly sent: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly late: number;
  /** Answers of the API by status; 0 for none. */
  readonly answers: ReadonlyMap<number, number>;
  /** Milliseconds from request to answer, each. */
  readonly answerMs: readonly number[];
}

/** Overtaken by what comes meanwhile, still within a signature's five minutes. */
const lateByMs = 2_000;
const tries = 20;
const retryMs = 500;

export class UnreliablePost {
  readonly url: string;
  /** Where deliveries go; until it is set they wait. */
  private readonly target: string;
  private readonly troubles: Troubles;
  private readonly random: () => number;
  private readonly server: Server;
  private readonly underWay = new Set<Promise<void>>();
  private readonly counts = { sent: 0, lost: 0, duplicated: 0, late: 0 };
  private readonly answers = new Map<number, number>();
  private readonly answerMs: number[] = [];

  private constructor(
    server: Server,
    port: number,
    target: string,
    troubles: Troubles,
    random: () => number,
  ) {
    this.server = server;
    this.target = target;
    this.troubles = troubles;
    this.random = random;
    this.url = `http://127.0.0.1:${port}`;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(202).end();
        this.take({ path: request.url ?? '/', headers: request.headers, body: Buffer.concat(chunks) });
      });
    });
  }

  /**
   * @param target - the API, without a trailing slash.
   * @param random - 0 to 1, seeded: the same run twice has the same troubles.
   */
  static async start(target: string, troubles: Troubles, random: () => number): Promise<UnreliablePost> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port for the post');
    return new UnreliablePost(server, address.port, target, troubles, random);
  }

  figures(): PostFigures {
    return { ...this.counts, answers: this.answers, answerMs: this.answerMs };
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    await Promise.all(this.underWay);
  }

  private take(delivery: Delivery): void {
    this.counts.sent += 1;
    // Each dice is thrown for each delivery, so that one trouble does not shift the others.
    const [isLost, isTwice, isLate] = [
      this.random() < this.troubles.lost,
      this.random() < this.troubles.duplicated,
      this.random() < this.troubles.late,
    ];
    if (isLost) {
      this.counts.lost += 1;
      return;
    }
    if (isTwice) this.counts.duplicated += 1;
    if (isLate) this.counts.late += 1;
    const waitMs = isLate ? this.random() * lateByMs : 0;
    this.track(this.passOn(delivery, waitMs));
    if (isTwice) this.track(this.passOn(delivery, this.random() * lateByMs));
  }

  private track(work: Promise<void>): void {
    const done = work.finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  /** Repeats as Zendesk does: what is answered 503, and what is not answered at all. */
  private async passOn({ path, headers, body }: Delivery, waitMs: number): Promise<void> {
    await sleep(waitMs);
    const passed = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && (name.startsWith('x-') || name === 'content-type') ? [[name, value]] : [],
    );
    for (let tried = 0; tried < tries; tried += 1) {
      const begun = performance.now();
      const status = await fetch(`${this.target}${path}`, { method: 'POST', headers: passed, body })
        .then(async (response) => {
          await response.arrayBuffer();
          return response.status;
        })
        .catch(() => 0);
      this.answerMs.push(performance.now() - begun);
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      if (status !== 503 && status !== 0) return;
      await sleep(retryMs);
    }
  }
}
