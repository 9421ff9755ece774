import { idFrom, type PageKind } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { isPage, plainQuery } from '../../topics/index.ts'
import { revisionsOfCards } from '../embeds/revisions-of-cards.ts'
import { topicRevision } from '../queries/topic-page.ts'
import type { ViewCounter } from '../reading/view-counter.ts'

/** Parameters that make the page another one, or lead away from it. */
const personal = ['do', 'quote', 'draft', 'comment']

/** The pages of topics, as guests share them. */
export function postsPageKinds(views: ViewCounter): readonly PageKind[] {
  const ofCards = revisionsOfCards()
  return [
    {
      match(path, query) {
        const id = idFrom(/^\/topic\/([^/]+)\/$/.exec(path)?.[1])
        const asked = plainQuery(query)
        if (id === null || asked === null || !isPage(asked.page)) return null
        if (personal.some(name => name in asked)) return null
        const key = ['topic', asked.page ?? '1'].join(' ')
        const revision = async (db: Db) => {
          const own = await topicRevision(db, id)
          return own && own + (await ofCards(db, { topicId: id, page: Number(asked.page ?? '1') }, own))
        }
        return { key, revision, answered: () => views.count(id) }
      },
    },
  ]
}
