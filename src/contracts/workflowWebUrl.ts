interface WebUiPlace {
  readonly uiUrl: string | null;
  readonly namespace: string;
}

/**
 * A workflow's page in Temporal's Web UI, or null while nobody knows where that is.
 * @param at.uiUrl - without a trailing slash.
 */
export function workflowWebUrl(at: WebUiPlace, workflowId: string): string | null {
  const workflows = workflowsWebUrl(at);
  return workflows === null ? null : `${workflows}/${encodeURIComponent(workflowId)}`;
}

/** What the address of every workflow's page begins with, without a trailing slash; null as above. */
export function workflowsWebUrl({ uiUrl, namespace }: WebUiPlace): string | null {
  return uiUrl === null ? null : `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows`;
}
