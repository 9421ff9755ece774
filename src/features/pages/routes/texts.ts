import { type Request, Router } from 'express'
import { NotFound } from '../../../platform/errors.ts'
import { page } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { findText } from '../texts/find-text.ts'
import { type TextName, textNames } from '../texts/names.ts'

/** `/terms/`, `/privacy/` and `/guidelines/`; `/terms/?version=2` is an earlier one. */
export function textRoutes({ db }: { db: Db }): Router {
  const router = Router()
  for (const name of textNames) {
    router.get(`/${name}`, async (req, res) => {
      const text = await findText(db, name, versionAsked(req, name))
      const canonical = text.isNewest ? `/${name}/` : `/${name}/?version=${text.version}`
      await page(res, 'pages/text', {
        meta: { title: req.t(`pages.${name}`), canonical, noindex: !text.isNewest, narrow: true },
        text,
      })
    })
  }
  return router
}

function versionAsked(req: Request, name: TextName): number | undefined {
  const { version } = req.query
  if (name !== 'terms' || version === undefined) return undefined
  if (typeof version !== 'string' || !/^[1-9]\d{0,8}$/.test(version)) throw new NotFound()
  return Number(version)
}
