import { workflowWebUrl } from '../../src/contracts/workflowWebUrl';

it("is the workflow's page, with what an address cannot hold written otherwise", () => {
  const at = { uiUrl: 'http://localhost:8233', namespace: 'my shop' };
  expect(workflowWebUrl(at, 'ticket:zendesk:demo:1')).toBe(
    'http://localhost:8233/namespaces/my%20shop/workflows/ticket%3Azendesk%3Ademo%3A1',
  );
});

it('is nothing while nobody knows where the Web UI is', () => {
  expect(workflowWebUrl({ uiUrl: null, namespace: 'default' }, 'ticket:zendesk:demo:1')).toBeNull();
});
