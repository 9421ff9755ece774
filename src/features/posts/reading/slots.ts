import type { Viewer } from '../../members/index.ts'
import type { MenuItem, PageNotice, SelectBar, Topic } from '../../topics/index.ts'
import type { Post } from '../queries/posts.ts'

type Now<Value> = Value | Promise<Value>

/** What higher floors add to the page of a topic. */
export interface TopicPageSlots {
  topicMenu(viewer: Viewer, topic: Topic): Now<readonly MenuItem[]>
  /** By the ids of the posts, which are those on the page. */
  postMenus(viewer: Viewer, topic: Topic, posts: readonly Post[]): Now<ReadonlyMap<number, readonly MenuItem[]>>
  /** Where this viewer reports each post on the page. */
  reportPaths(viewer: Viewer, posts: readonly Post[]): Now<ReadonlyMap<number, string>>
  /** Makes posts checkable. */
  postBar(viewer: Viewer, topic: Topic): Now<SelectBar | null>
  notices(viewer: Viewer, topic: Topic): Now<readonly PageNotice[]>
  /** What stands beside the title, such as a button. */
  beside(viewer: Viewer, topic: Topic): Now<readonly ViewPart[]>
}

/** A part of a view and what it is given. */
export interface ViewPart {
  readonly view: string
  readonly data: Readonly<Record<string, unknown>>
}

export const emptyTopicPage: TopicPageSlots = {
  topicMenu: () => [],
  postMenus: () => new Map(),
  reportPaths: () => new Map(),
  postBar: () => null,
  notices: () => [],
  beside: () => [],
}
