import { isOwn, type Viewer } from '../members/index.ts'

/** Whoever sees a post may report it, unless they wrote it, its text is gone, or they are banned: those only read. */
export function canReport(
  viewer: Viewer,
  post: { readonly member_id: number | null; readonly erased_at: number | null },
  rules: { readonly guest_reports: boolean },
): boolean {
  if (post.erased_at !== null || isOwn(viewer, post) || viewer.member?.sanctions.ban) return false
  return viewer.member !== null || rules.guest_reports
}
