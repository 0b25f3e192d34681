/**
 * A workflow's page in Temporal's Web UI, or null while nobody knows where that is.
 * @param at.uiUrl - without a trailing slash.
 */
export function workflowWebUrl(
  at: { readonly uiUrl: string | null; readonly namespace: string },
  workflowId: string,
): string | null {
  if (at.uiUrl === null) return null;
  return `${at.uiUrl}/namespaces/${encodeURIComponent(at.namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
