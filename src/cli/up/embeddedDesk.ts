/** The embedded desk as a customer's browser and a watching person use it. */
import axios from 'axios';
import { z } from 'zod';
import { demoCustomer } from '../../orders/demoShop';

const written = z.object({ ticketId: z.string() });
const tickets = z.object({
  tickets: z.array(
    z.object({ id: z.number(), subject: z.string(), updatedAt: z.string(), requester: z.string() }),
  ),
});
const thread = z.object({
  comments: z.array(
    z.object({
      id: z.number(),
      at: z.string(),
      text: z.string(),
      public: z.boolean(),
      author: z.string(),
      staff: z.boolean(),
    }),
  ),
});

export type DeskTicketRow = z.infer<typeof tickets>['tickets'][number];
export type ThreadComment = z.infer<typeof thread>['comments'][number];

export interface DeskPage {
  /** Opens a ticket as the customer and returns its id. */
  ask(text: string): Promise<string>;
  tickets(): Promise<readonly DeskTicketRow[]>;
  thread(ticketId: string): Promise<readonly ThreadComment[]>;
}

export function openDeskPage(deskUrl: string): DeskPage {
  const http = axios.create({ baseURL: `${deskUrl}/_desk`, timeout: 10_000, proxy: false });
  return {
    async ask(text) {
      const { name, email } = demoCustomer;
      const body = { name, email, subject: 'My order', body: text };
      return written.parse((await http.post('/customer/tickets', body)).data).ticketId;
    },
    async tickets() {
      return tickets.parse((await http.get('/tickets')).data).tickets;
    },
    async thread(ticketId) {
      return thread.parse((await http.get(`/tickets/${ticketId}`)).data).comments;
    },
  };
}
