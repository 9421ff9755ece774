import { Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { notify } from '../../../platform/http/index.ts'
import { inTransaction } from '../../../platform/store/index.ts'
import { runNow, tasksPage, taskWords } from '../tasks.ts'
import { type AdminDeps, adminPage } from './page.ts'

const here = '/admin/tasks'

/** `/admin/tasks`: what comes again by itself, how it went, and when it comes next. */
export function taskRoutes({ db, schedule }: AdminDeps): Router {
  const router = Router()
  router.get('/tasks', async (req, res) => {
    await adminPage(req, res, 'tasks', { room: 'tasks', title: 'admin.tasks', tasks: await tasksPage(db, schedule) })
  })
  router.post('/tasks/:name/run', async (req, res) => {
    const { name } = req.params
    if (!schedule.some(one => one.name === name)) throw new NotFound()
    const isNew = await inTransaction(db, tx => runNow(tx, name))
    const words = taskWords(name)
    const task = words ? req.t(words) : name
    if (isNew) notify(req, { kind: 'success', message: msg('tasks.begun', { task }) })
    else notify(req, { kind: 'info', message: msg('tasks.running_already', { task }) })
    res.redirect(303, here)
  })
  return router
}
