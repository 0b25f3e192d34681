import { deskContract } from './deskContract';
import { gorgias } from './gorgiasDesk';

deskContract(gorgias);
