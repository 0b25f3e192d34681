/** Site, and the account below it: `https://app.chatwoot.com/api/v1/accounts/1`. */
export const apiUrlShape = /^(.+)\/api\/v1(\/accounts\/\d+)$/;
