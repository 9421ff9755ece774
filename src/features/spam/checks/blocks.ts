import { type Message, msg } from '../../../platform/errors.ts'
import { type BlockKind, isBlocked } from '../blocks.ts'
import type { Check, SentForm } from '../check.ts'
import { allBlocks } from '../queries/blocks.ts'

/** Names, addresses and mail domains that an administrator wants no more of. They may still write to the administrators. */
export const blocks: Check = {
  name: 'blocks',
  on: rules => rules.blocks,
  settings: ['blocks'],
  forms: ['register', 'guest_post'],
  looksAtFields: false,
  async judge(form, { db }) {
    const hit = (await allBlocks(db)).find(block => isBlocked(block, form))
    if (!hit) return null
    const { field, message } = refusalFor(hit.kind, form)
    return { kind: 'refuse', errors: { [field]: message } }
  },
}

function refusalFor(kind: BlockKind, form: SentForm): { field: string; message: Message } {
  if (kind === 'address') return { field: '', message: msg('spam.blocked_address') }
  if (kind === 'email') return { field: 'email', message: msg('spam.blocked_email') }
  return { field: form.kind === 'guest_post' ? 'guest_name' : 'name', message: msg('spam.blocked_name') }
}
