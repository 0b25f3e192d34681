/** Every workflow the worker serves. */
export { allowanceWorkflow } from './allowanceWorkflow';
export { pollDeskWorkflow } from './pollDeskWorkflow';
export { ticketWorkflow } from './ticketWorkflow';
