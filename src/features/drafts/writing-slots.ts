import { type Db, inTransaction } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import type { Place, WritingSlots } from '../posts/index.ts'
import { saveDraft } from './keep-draft.ts'
import { type Draft, deleteDraft, draftById } from './queries.ts'
import { deleteTyped, keptOf, typedDraft } from './typed/queries.ts'

type Kept = 'keepLost' | 'draftText' | 'keptText' | 'dropSent'

/** What drafts do for those who write: keep what was refused, give it back, let it go once it is posted. */
export function draftSlots(db: Db): Pick<WritingSlots, Kept> {
  return {
    async keepLost({ member }, lost) {
      if (!member) return false
      await inTransaction(db, async tx => {
        if (!lost.isUndecided) await deleteTyped(tx, member.id, placeFor(lost.topicId, lost.forumId))
        await saveDraft(tx, { ...lost, memberId: member.id })
      })
      return true
    },
    async draftText(viewer, id, place) {
      const draft = await ownDraft(db, viewer, id)
      return draft && placeOf(draft) === place ? { ...draft, prefix: draft.prefix_id } : null
    },
    async keptText({ member, onlooker }, place) {
      const draft = member && onlooker === undefined && (await typedDraft.first(db, { memberId: member.id, place }))
      return draft ? keptOf(draft) : null
    },
    async dropSent(tx, { member }, { place, draft, undecided }) {
      if (!member) return
      if (draft !== undefined) await deleteDraft(tx, member.id, draft)
      if (undecided === undefined) await deleteTyped(tx, member.id, place)
    },
  }
}

async function ownDraft(db: Db, { member, onlooker }: Viewer, id: number): Promise<Draft | undefined> {
  return member && onlooker === undefined ? draftById(db, member.id, id) : undefined
}

function placeOf({ place, topic_id, forum_id }: Draft): Place {
  return (place as Place | null) ?? placeFor(topic_id, forum_id)
}

function placeFor(topicId: number | null, forumId: number | null): Place {
  return topicId === null ? `forum:${forumId ?? 0}` : `topic:${topicId}`
}
