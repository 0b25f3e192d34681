import { chatwoot } from './chatwootDesk';
import { deskContract } from './deskContract';

deskContract(chatwoot);
