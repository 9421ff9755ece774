import { Forbidden, Invalid } from '../../platform/errors.ts'
import { limits } from '../../platform/limits/index.ts'
import { bumpRevisions, type Db, inTransaction } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { composePost, countWork } from '../posts/index.ts'
import { settings } from '../settings/index.ts'
import type { SignatureValues } from './forms.ts'
import { signatureFault, whyNotSign } from './limits.ts'
import { deleteSignature, putSignature } from './queries.ts'

/** Each makes all kept pages stale. */
const changes = { points: 20, seconds: 3600 }

/**
 * Lets this stand under all posts of a member, made as posts are; an empty text takes away what stood there. Throws Invalid,
 * Forbidden for guests and for who is held back, TooMany.
 */
export async function writeSignature(db: Db, viewer: Viewer, typed: SignatureValues): Promise<void> {
  const { member } = viewer
  const why = whyNotSign(viewer)
  if (!member || why) throw new Forbidden(why ?? undefined)
  if (typed.body.trim() === '') {
    return inTransaction(db, async tx => {
      if (await deleteSignature(tx, member.id)) await bumpRevisions(tx, 'shell')
    })
  }
  await limits(db).spend('signature', String(member.id), changes)
  await countWork(db, viewer, typed.body, false)
  const { html, text } = await composePost(db, typed, { viewer })
  const fault = signatureFault({ html, text }, viewer, await settings(db))
  if (fault) throw new Invalid({ body: fault })
  await inTransaction(db, async tx => {
    await putSignature(tx, { member_id: member.id, html, text, written_at: Date.now() })
    await bumpRevisions(tx, 'shell')
  })
}
