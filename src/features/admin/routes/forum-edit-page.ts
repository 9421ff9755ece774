import type { Request, Response } from 'express'
import type { FormView } from '../../../platform/http/index.ts'
import type { ForumNode } from '../../forums/index.ts'

/** The page of one category, forum or link, with the forms beside the main one as they were sent. */
export type ForumEditPage = (
  req: Request,
  res: Response,
  form: FormView,
  forum: ForumNode | null,
  beside?: { readonly passwordForm?: FormView; readonly prefixForm?: FormView; readonly prefixId?: number },
) => Promise<void>
