import { aPersonWins } from './aPersonWins';
import { deskContract } from './deskContract';
import { exactlyOnce } from './exactlyOnce';
import { freshdesk, strippingFreshdesk } from './freshdeskDesk';

deskContract(freshdesk);

describe(strippingFreshdesk.name, () => {
  describe('writes exactly once', () => exactlyOnce(strippingFreshdesk));
  describe('a person wins', () => aPersonWins(strippingFreshdesk));
});
