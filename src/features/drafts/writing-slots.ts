import { type Db, inTransaction } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import type { Place, WritingSlots } from '../posts/index.ts'
import { saveDraft } from './keep-draft.ts'
import { type Draft, deleteDraft, draftById } from './queries.ts'

/** What drafts do for those who write: keep what was refused, give it back, let it go once it is posted. */
export function draftSlots(db: Db): Pick<WritingSlots, 'keepLost' | 'draftText' | 'dropDraft'> {
  return {
    async keepLost({ member }, lost) {
      if (!member) return false
      await inTransaction(db, tx => saveDraft(tx, { ...lost, memberId: member.id }))
      return true
    },
    async draftText(viewer, id, place) {
      const draft = await ownDraft(db, viewer, id)
      return draft && placeOf(draft) === place ? draft : null
    },
    async dropDraft({ member }, id) {
      if (member) await deleteDraft(db, member.id, id)
    },
  }
}

async function ownDraft(db: Db, { member }: Viewer, id: number): Promise<Draft | undefined> {
  return member ? draftById(db, member.id, id) : undefined
}

function placeOf({ topic_id, forum_id }: Draft): Place {
  return topic_id === null ? `forum:${forum_id ?? 0}` : `topic:${topic_id}`
}
