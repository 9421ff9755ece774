import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { compileViews, openAssets, page, part, setReading, shellSlots, webApp } from '../../src/platform/http/index.ts'
import { haveAssets } from '../support/assets.ts'

const root = join(import.meta.dirname, '../..')

export type Site = { origin: string; posted: { path: string; body: string }[] }

/** The styleguide on an address of its own, under the policy that every page has; it keeps what is posted to it. */
export async function serveStyleguide(t: TestContext): Promise<Site> {
  await haveAssets()
  const assets = openAssets(join(root, 'public'))
  const app = webApp({
    config: { baseUrl: undefined, trustProxy: 'loopback' },
    views: compileViews(join(root, 'views'), { debug: true }),
    assets,
    shell: shellSlots({
      forum: () => ({ forumName: 'Porch Gardeners' }),
      member: () => ({ name: 'Marta Lind', path: '/profile/1-marta/', colour: 3 }),
      createNew: [() => [{ href: '/topic/new', text: 'Topic' }]],
      staff: [() => [{ href: '/modcp/', text: 'Moderation', count: 3 }]],
      notices: [() => [{ kind: 'success', text: 'Moved.', id: 'n1', sticky: true }]],
    }),
  })
  const posted: Site['posted'] = []
  app.use(assets.router)
  app.get('/styleguide', async (req, res) => {
    const locale = String(req.query.locale ?? 'en')
    if (!req.query.guest) setReading(req, { locale, theme: 'system', timeZone: 'UTC' })
    await page(res, 'styleguide/page', { meta: { title: 'Styleguide', breadcrumb: [] } })
  })
  app.get('/compose/tools', (_req, res) => part(res, 'writing/tools'))
  app.post('/{*path}', (req, res) => {
    let body = ''
    req.setEncoding('utf8').on('data', chunk => (body += chunk))
    req.on('end', () => {
      posted.push({ path: req.path, body })
      res.redirect(303, '/styleguide')
    })
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await new Promise(resolve => server.once('listening', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posted }
}
