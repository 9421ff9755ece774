import { mayModerate, mayModerateEverywhere, type Viewer } from '../members/index.ts'

/** Where an announcement stands. */
export interface Reach {
  readonly site_wide: 0 | 1
  readonly forums: readonly number[]
}

/** Above all pages: for those who moderate everywhere. Above some: for those who moderate all of these forums. */
export function mayAnnounce(viewer: Viewer, { site_wide, forums }: Reach): boolean {
  if (site_wide === 1) return mayModerateEverywhere(viewer, 'announce')
  return forums.length > 0
    ? forums.every(forum => mayModerate(viewer, forum, 'announce'))
    : mayModerateEverywhere(viewer, 'announce')
}
