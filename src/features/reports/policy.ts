import { isOwn, type Viewer } from '../members/index.ts'

/** Whoever sees a post may report it, unless they wrote it or its text is gone. */
export function canReport(
  viewer: Viewer,
  post: { readonly member_id: number | null; readonly erased_at: number | null },
  rules: { readonly guest_reports: boolean },
): boolean {
  if (post.erased_at !== null || isOwn(viewer, post)) return false
  return viewer.member !== null || rules.guest_reports
}
