import { deskContract } from './deskContract';
import { zendesk } from './zendeskDesk';

deskContract(zendesk);
