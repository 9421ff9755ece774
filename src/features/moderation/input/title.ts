import { cleanLine, isVisible } from '../../../content/index.ts'
import { Invalid, msg } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'

/** What a form has for a title. */
interface Titled {
  readonly title: string | null
}

/** The title as it is kept, one line of what can be seen, as those are that authors give. */
export function titleIn({ title }: Titled): string {
  return cleanLine(title ?? '')
}

/** Throws Invalid, at the field `title`, for one that shows nothing or is too long. */
export async function demandTitle(db: Db, typed: Titled): Promise<void> {
  const { title_max_length: max } = await settings(db)
  const title = titleIn(typed)
  if (!isVisible(title)) throw new Invalid({ title: msg('moderation.title_missing') })
  if (title.length > max) throw new Invalid({ title: msg('moderation.title_long', { max }) })
}
