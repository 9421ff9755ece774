import { type Composed, compose } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'

/** A text of this kind is long and has no reason for pictures of faces. */
const limits = { maxLength: 200_000, maxEmoji: 500 }

/** Markdown as it will be kept, with `{forum}` and the like still in it. Throws Invalid at `body`, or Unavailable. */
export async function composePage(db: Db, body: string): Promise<Composed> {
  const { base_url } = await settings(db)
  return compose({ body, format: 'markdown' }, { ...limits, baseUrl: base_url || undefined })
}

/** The words in braces that stand for what the forum's settings say, in the order in which they are explained. */
export const standIns = ['forum', 'claim_days', 'address_days', 'leave_days'] as const
type StandIn = (typeof standIns)[number]

/** A text as a page shows it: filled in, and with headings that follow the page's own. */
export async function shownHtml(db: Db, html: string): Promise<string> {
  const words = await wordsNow(db)
  return raiseHeadings(html).replace(/\{([a-z_]+)\}/g, (found, name: string) => words[name as StandIn] ?? found)
}

async function wordsNow(db: Db): Promise<Readonly<Record<StandIn, string>>> {
  const rules = await settings(db)
  return {
    forum: escaped(rules.forum_name),
    claim_days: String(rules.claim_days),
    address_days: String(rules.address_days),
    leave_days: String(rules.leave_days),
  }
}

/** In a post headings stand below the post's own; here nothing is between them and the title. */
function raiseHeadings(html: string): string {
  return html.replace(/<(\/?)h([34])\b/g, (_, slash: string, level: string) => `<${slash}h${Number(level) - 1}`)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, mark => entities[mark] ?? mark)
}
