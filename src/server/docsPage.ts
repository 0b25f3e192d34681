/** The page of the API at /docs, under Deskhand's own name and with nothing loaded from elsewhere. */
import swaggerUi from '@fastify/swagger-ui';
import type { ApiServer } from './context';

/** A speech bubble with a tick, 32 units wide. */
const sign = `<title>Deskhand</title>
<rect width="32" height="32" rx="8" fill="#2f6f5e"/>
<path d="M8 8h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-9l-5 5v-5H8a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2z" fill="#fff"/>
<path d="M11 14.5l3.5 3.5 7-7" fill="none" stroke="#2f6f5e" stroke-width="2.4" stroke-linecap="round"/>`;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${sign}</svg>`;

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 32" width="200" height="40">${sign}
<text x="42" y="24" font-family="system-ui, sans-serif" font-size="22" font-weight="600" fill="#fff">Deskhand</text></svg>`;

/** The box for the address of another document would be of no use: the page may load none. */
const style =
  '.swagger-ui .topbar { background: #1d2b27; } .swagger-ui .download-url-wrapper { display: none; }';

export async function serveDocsPage(app: ApiServer): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    logo: { type: 'image/svg+xml', content: logo },
    theme: {
      title: 'Deskhand API',
      css: [{ filename: 'deskhand.css', content: style }],
      favicon: [
        { filename: 'deskhand.svg', rel: 'icon', type: 'image/svg+xml', sizes: 'any', content: icon },
      ],
    },
  });
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'));
}
