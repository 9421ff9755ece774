import { Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { logMemberAct } from '../../moderation/index.ts'
import { exportsAbout, insertExport } from '../queries/exports.ts'
import { lockMember } from '../queries/leaving.ts'

/** The job that makes a file. */
export const exportJob = 'privacy.export'

/** Of one member in a day. */
export const mostExports = 3
const day = 24 * 60 * 60_000

/**
 * Has the file made with everything about a member; its number. When an administrator asked, that is
 * logged and they are told. Throws NotFound;
 * Invalid while one is being made, and when there were enough of them today.
 */
export async function askForExport(db: Db, memberId: number, askedById: number, now = Date.now()): Promise<number> {
  return inTransaction(db, async tx => {
    if (!(await lockMember(tx, memberId))) throw new NotFound()
    const today = await exportsAbout(tx, memberId, now - day)
    if (today.some(({ ready_at }) => ready_at === null)) throw new Invalid({ '': msg('privacy.download_running') })
    if (today.length >= mostExports) throw new Invalid({ '': msg('privacy.download_often', { most: mostExports }) })
    const exportId = await insertExport(tx, memberId, askedById, now)
    await enqueue(tx, exportJob, { exportId })
    if (askedById !== memberId) {
      await sendMail(tx, 'privacy.export_staff', { memberId })
      await logMemberAct(tx, { act: 'export_data', memberId, by: askedById })
    }
    return exportId
  })
}
