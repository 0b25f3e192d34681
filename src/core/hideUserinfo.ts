/** An address may hold a user and a password (RFC 3986, section 3.2.1): what is told of it leaves them out. */
export function hideUserinfo(text: string): string {
  return text.replaceAll(/\/\/[^\s@]*@/g, '//(not shown)@');
}
