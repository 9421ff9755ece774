import { type Message, msg } from '../../platform/errors.ts'
import { mayModerateSomewhere, type Viewer } from '../members/index.ts'
import { keepsFromPosting } from '../sanctions/index.ts'
import type { Settings } from '../settings/index.ts'

/** Why this member may write no signature now; null: they may. */
export function whyNotSign({ member }: Viewer): Message | null {
  if (!member || member.held) return msg('signatures.held')
  const { sanctions } = member
  return keepsFromPosting(sanctions) || sanctions.approval ? msg('signatures.restricted') : null
}

export interface SignatureText {
  readonly html: string
  readonly text: string
}

/** Images and tables are large, and names and quotes change with what they name. */
const notSmall = /<(?:img|table|blockquote|pre|h\d|details)\b|class="(?:remote|mention)"/

/** What is wrong with it under these rules; null: nothing. Links wait as long as the first ones in posts do. */
export function signatureFault({ html, text }: SignatureText, viewer: Viewer, rules: Settings): Message | null {
  const { signature_max_length: length, signature_max_lines: lines } = rules
  if (notSmall.test(html)) return msg('signatures.not_small')
  if (text.length > length) return msg('signatures.long', { max: length, now: text.length })
  if (text.split('\n').filter(line => line.trim()).length > lines) return msg('signatures.lines', { max: lines })
  return /<a\b/.test(html) && !mayLink(viewer, rules) ? msg('signatures.no_links') : null
}

function mayLink(viewer: Viewer, rules: Pick<Settings, 'hold_first_links'>): boolean {
  if (viewer.member?.sanctions.no_links) return false
  return !rules.hold_first_links || (viewer.member?.postCount ?? 0) > 0 || mayModerateSomewhere(viewer, 'approve')
}
