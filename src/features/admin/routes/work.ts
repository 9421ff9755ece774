import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { idOf, notify } from '../../../platform/http/index.ts'
import {
  countFailedWork,
  failedWork,
  forgetWork,
  jobsInLine,
  retryWork,
  type WorkRef,
} from '../../../platform/jobs/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { mailJob } from '../../mail/index.ts'
import { taskWords } from '../tasks.ts'
import { type AdminDeps, adminPage } from './page.ts'

const here = '/admin/work'
const mostShown = 50

/** Mails that were given up stand on their own page. */
const apartFromMails = { except: mailJob }

/** `/admin/work`: what was to be done in the background, and was given up after several tries. */
export function workRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/work', async (req, res) => {
    await adminPage(req, res, 'work', {
      room: 'work',
      title: 'admin.work',
      count: await countFailedWork(db, apartFromMails),
      failed: (await failedWork(db, mostShown, apartFromMails)).map(named),
      line: (await jobsInLine(db, Date.now())).map(named),
    })
  })
  router.post('/work/:kind/:id/retry', (req, res) => settle(db, req, res, 'retry'))
  router.post('/work/:kind/:id/forget', (req, res) => settle(db, req, res, 'forget'))
  return router
}

function named<W extends { readonly name: string }>(work: W): W & { readonly words: string | null } {
  return { ...work, words: taskWords(work.name) }
}

const acts = { retry: retryWork, forget: forgetWork }

async function settle(db: Db, req: Request, res: Response, act: keyof typeof acts): Promise<void> {
  const { kind } = req.params
  if (kind !== 'job' && kind !== 'event') throw new NotFound()
  const ref: WorkRef = { kind, id: idOf(req) }
  const done = await inTransaction(db, tx => acts[act](tx, ref, apartFromMails))
  if (!done) notify(req, { kind: 'info', message: msg('admin.work_gone') })
  else notify(req, { kind: 'success', message: msg(act === 'retry' ? 'admin.work_retried' : 'admin.work_forgotten') })
  res.redirect(303, here)
}
