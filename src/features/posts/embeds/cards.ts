import { excerpt, type OwnPlace, placeOf } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { forumTree } from '../../forums/index.ts'
import { allGroups } from '../../groups/index.ts'
import { readableForums } from '../../members/index.ts'
import { type Person, personOf } from '../../topics/index.ts'
import { type ShownWords, shownWords } from '../../words/index.ts'
import { type MemberOfCard, membersOfCards, type PostOfCard, postsOfCards, topicsOfCards } from '../queries/cards.ts'
import type { ViewPart } from '../reading/slots.ts'
import type { EmbedKind, Onlooker } from './kind.ts'

/** What the view `embeds/card` shows. */
export interface EmbedCard {
  readonly kind: OwnPlace['kind']
  readonly href: string
  readonly title: string
  /** Who wrote it; of a member themselves. */
  readonly by: Person
  /** The forum it is in, or the group. */
  readonly within: string
  readonly excerpt: string
  readonly at: number
}

type Asked = { readonly href: string; readonly place: OwnPlace }

/** Cards for topics, posts and members of this forum: what everybody sees who may read there. Others get a link. */
export const cards: EmbedKind = async (db, onlooker, hrefs) => {
  const here = URL.parse(onlooker.origin)?.origin
  const asked = hrefs.flatMap((href): Asked[] => {
    const found = placeOf(href)
    return found && found.origin === here ? [{ href, place: found.place }] : []
  })
  if (asked.length === 0) return new Map()
  const made = [...(await cardsOfPosts(db, onlooker, asked)), ...(await cardsOfMembers(db, asked))]
  return new Map(made.map(card => [card.href, { view: 'embeds/card', data: { card } } satisfies ViewPart]))
}

async function cardsOfPosts(db: Db, { viewer }: Onlooker, asked: readonly Asked[]): Promise<EmbedCard[]> {
  const forums = readableForums(viewer)
  const [topics, posts] = [idsOf('topic', asked), idsOf('post', asked)]
  const ofTopics = topics.length > 0 ? await topicsOfCards(db, { ids: topics, forums }) : []
  const ofPosts = posts.length > 0 ? await postsOfCards(db, { ids: posts, forums }) : []
  const found = {
    topic: new Map(ofTopics.map(post => [post.topic_id, post])),
    post: new Map(ofPosts.map(post => [post.id, post])),
  }
  const { byId } = await forumTree(db)
  const words = await shownWords(db)
  return asked.flatMap(({ href, place: { kind, id } }) => {
    const post = kind === 'member' ? undefined : found[kind].get(id)
    return post && kind !== 'member'
      ? [worded(words, cardOfPost(kind, href, post, byId.get(post.forum_id)?.name ?? ''))]
      : []
  })
}

function cardOfPost(kind: 'topic' | 'post', href: string, post: PostOfCard, within: string): EmbedCard {
  const by = personOf(post.member_id, post.member_name, post.guest_name)
  return { kind, href, title: post.title, by, within, excerpt: excerpt(post.beginning, 180), at: post.created_at }
}

function worded({ line }: ShownWords, card: EmbedCard): EmbedCard {
  return { ...card, title: line(card.title), excerpt: line(card.excerpt) }
}

async function cardsOfMembers(db: Db, asked: readonly Asked[]): Promise<EmbedCard[]> {
  const ids = idsOf('member', asked)
  if (ids.length === 0) return []
  const groups = new Map((await allGroups(db)).map(({ id, name }) => [id, name]))
  const members = new Map((await membersOfCards(db, ids)).map(member => [member.id, member]))
  return asked.flatMap(({ href, place: { kind, id } }) => {
    const member = kind === 'member' ? members.get(id) : undefined
    return member ? [cardOfMember(href, member, groups.get(member.group_id) ?? '')] : []
  })
}

function cardOfMember(href: string, member: MemberOfCard, within: string): EmbedCard {
  const by = personOf(member.id, member.name, null)
  return { kind: 'member', href, title: member.name, by, within, excerpt: '', at: member.joined_at }
}

function idsOf(kind: OwnPlace['kind'], asked: readonly Asked[]): number[] {
  return [...new Set(asked.filter(({ place }) => place.kind === kind).map(({ place }) => place.id))]
}
