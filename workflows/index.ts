/** Every workflow the worker serves. */
export { pollDeskWorkflow } from './pollDeskWorkflow';
export { ticketWorkflow } from './ticketWorkflow';
