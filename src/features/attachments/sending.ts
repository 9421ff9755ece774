import { msg, TooMany } from '../../platform/errors.ts'

/** So many forms with files one member may be sending at a time: each takes room on the disk until it is done. */
const mostAtATime = 6
const soon = 10
const sending = new Map<number, number>()

/** Until what it gives is called, this member sends a form with files to this process. Throws TooMany. */
export function beginSending(memberId: number): () => void {
  const others = sending.get(memberId) ?? 0
  if (others >= mostAtATime) throw new TooMany(soon, msg('attachments.too_many_at_a_time'))
  sending.set(memberId, others + 1)
  let isOver = false
  return () => {
    if (isOver) return
    isOver = true
    const left = (sending.get(memberId) ?? 1) - 1
    if (left > 0) sending.set(memberId, left)
    else sending.delete(memberId)
  }
}
