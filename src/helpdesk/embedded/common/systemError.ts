/** Errors of Node and native libraries, told apart by shape: they may come from another realm than ours. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

export function errorMessage(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return hasMessage ? String(error.message) : String(error);
}

/** The error that a library wrapped, or the error itself. */
export function causeOf(error: unknown): unknown {
  const hasCause = typeof error === 'object' && error !== null && 'cause' in error;
  return hasCause && error.cause !== undefined ? error.cause : error;
}

export function errorName(error: unknown): string {
  const hasName = typeof error === 'object' && error !== null && 'name' in error;
  return hasName ? String(error.name) : typeof error;
}

/** The innermost line of the stack, without the message: `ticketView (.../views.ts:9:3)`. */
export function whereThrown(error: unknown): string {
  const hasStack = typeof error === 'object' && error !== null && 'stack' in error;
  const frame = hasStack
    ? /^\s+at (.*)$/m.exec(String(error.stack).replace(errorMessage(error), ''))?.[1]
    : undefined;
  return frame ?? 'unknown';
}
