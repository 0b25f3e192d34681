/** Every workflow the worker serves. */
export { allowanceWorkflow } from './allowanceWorkflow';
export { modesWorkflow } from './modesWorkflow';
export { notifierWorkflow } from './notifierWorkflow';
export { pollDeskWorkflow } from './pollDeskWorkflow';
export { ticketWorkflow } from './ticketWorkflow';
