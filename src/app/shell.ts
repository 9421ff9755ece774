import type { Config } from '../config.ts'
import { proofNotices, toldNotices } from '../features/accounts/index.ts'
import { maintenanceNotice, ownStyles, viewingNotice } from '../features/admin/index.ts'
import { announcementsSlot } from '../features/announcements/index.ts'
import { waitingClaims } from '../features/claims/index.ts'
import { draftsMenu } from '../features/drafts/index.ts'
import { createTopicSlot } from '../features/forums/index.ts'
import { stoppedMailNotice } from '../features/mail/index.ts'
import { avatarOf } from '../features/members/index.ts'
import { moderationStaffMenu, sanctionNotices } from '../features/moderation/index.ts'
import { footerLinks, messagesMenu } from '../features/pages/index.ts'
import { readyNotice } from '../features/privacy/index.ts'
import { hueOf, ownLinks, settings, shownLogo } from '../features/settings/index.ts'
import { mayRegister, waitingMenu, waitingNotice } from '../features/spam/index.ts'
import { type ShellSlots, type Slot, shellSlots } from '../platform/http/index.ts'
import type { Db } from '../platform/store/index.ts'

/** What stands around every page, and which feature puts it there. */
export function shellOf(db: Db, config: Pick<Config, 'baseUrl'>): ShellSlots {
  return shellSlots({
    async forum(req) {
      const rules = await settings(db)
      const { forum_name, base_url, accent, logo, favicon, header_links, footer_links } = rules
      const baseUrl = config.baseUrl ?? base_url
      const face = {
        forumName: forum_name,
        mayRegister: mayRegister(req.viewer, rules),
        accent: hueOf(accent),
        logo: shownLogo(logo),
        favicon: favicon?.path,
        links: ownLinks(header_links),
        footer: [...ownLinks(footer_links), ...(await footerLinks(db, req))],
        styles: ownStyles(req, rules),
        // What an administrator types while they look with another's eyes is kept under nobody else's name.
        writer: req.viewer?.onlooker,
      }
      return baseUrl ? { ...face, baseUrl } : face
    },
    member({ viewer: { member, timeZone } }) {
      if (!member) return null
      const { colour } = avatarOf(member.name)
      return { id: member.id, name: member.name, path: member.path, colour, ownZone: timeZone !== null }
    },
    createNew: [createTopicSlot(db)],
    memberMenu: [
      ownEyesOnly(({ viewer, t }) =>
        viewer.member ? [{ href: '/account/', text: t('accounts.account'), symbol: 'settings' }] : [],
      ),
      ownEyesOnly(draftsMenu(db)),
    ],
    staff: [
      moderationStaffMenu(db),
      messagesMenu(db),
      waitingMenu(db),
      ({ viewer, t }) => (viewer.admin ? [{ href: '/admin/', text: t('admin.title'), symbol: 'shield' }] : []),
    ],
    notices: [
      viewingNotice,
      ownEyesOnly(sanctionNotices),
      ownEyesOnly(req => proofNotices(db, req)),
      ownEyesOnly(req => toldNotices(db, req)),
      ownEyesOnly(waitingNotice),
      ownEyesOnly(req => stoppedMailNotice(db, req)),
      ownEyesOnly(req => waitingClaims(db, req)),
      ownEyesOnly(readyNotice(db)),
      req => maintenanceNotice(db, req),
    ],
    announcements: announcementsSlot(db),
  })
}

/** What is somebody's alone is not shown to the administrator who looks with their eyes. */
function ownEyesOnly<Part>(slot: Slot<Part[]>): Slot<Part[]> {
  return req => (req.viewer.onlooker === undefined ? slot(req) : [])
}
