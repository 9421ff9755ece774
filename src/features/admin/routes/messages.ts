import { type Request, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { idOf, notify, pageNumber, returnPath } from '../../../platform/http/index.ts'
import { handleMessage, listMessages, type MessageFilter } from '../../pages/index.ts'
import { type AdminDeps, adminPage } from './page.ts'

const perPage = 25
const filters = ['open', 'handled', 'all'] as const

/** `/admin/messages`: what people wrote to the administrators. */
export function messageRoutes({ db }: AdminDeps): Router {
  const router = Router()

  router.get('/messages', async (req, res) => {
    const page = pageNumber(req)
    const filter = filterOf(req)
    const { rows, total } = await listMessages(db, { filter, limit: perPage, offset: (page - 1) * perPage })
    const pages = Math.max(1, Math.ceil(total / perPage))
    if (page > pages) throw new NotFound()
    const room = 'messages' as const
    await adminPage(req, res, 'messages', { room, title: 'admin.messages', rows, filter, filters, page, pages })
  })

  router.post('/messages/:id/:what', async (req, res) => {
    const { what } = req.params
    if (what !== 'handle' && what !== 'reopen') throw new NotFound()
    await handleMessage(db, req.viewer.member?.id ?? 0, idOf(req), what === 'handle')
    const message = msg(what === 'handle' ? 'pages.message_handled_done' : 'pages.message_reopened_done')
    notify(req, { kind: 'success', message })
    res.redirect(303, returnPath(req, '/admin/messages'))
  })

  return router
}

function filterOf({ query }: Request): MessageFilter {
  return filters.find(filter => filter === query.show) ?? 'open'
}
