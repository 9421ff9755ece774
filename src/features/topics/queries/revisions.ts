import { type Db, type Given, hotQuery } from '../../../platform/store/index.ts'

const indexParts = hotQuery(db =>
  db
    .selectFrom('revisions')
    .select(['shell', 'permissions', 'online'])
    .select(eb => [
      eb
        .selectFrom('forums')
        .select(all => all.fn.sum<number>('revision').as('sum'))
        .as('forums'),
      eb
        .selectFrom('members')
        .select(all => all.fn.max('id').as('max'))
        .as('newest_member'),
    ])
    .where('id', '=', 1),
)

/** What the index, as guests see it, is valid for. */
export async function indexRevision(db: Db): Promise<string> {
  const row = await indexParts.first(db, {})
  return [row?.shell, row?.permissions, row?.online, row?.forums, row?.newest_member].join(' ')
}

const forumParts = hotQuery((db, given: Given<{ forumId: number }>) =>
  db
    .withRecursive('below', cte =>
      cte
        .selectFrom('forums')
        .select(['id', 'revision'])
        .where('id', '=', given.forumId)
        .unionAll(
          cte
            .selectFrom('forums')
            .innerJoin('below', 'below.id', 'forums.parent_id')
            .select(['forums.id', 'forums.revision']),
        ),
    )
    .selectFrom('revisions')
    .select(['shell', 'permissions', 'counts'])
    .select(eb =>
      eb
        .selectFrom('below')
        .select(all => all.fn.sum<number | null>('below.revision').as('sum'))
        .as('forums'),
    )
    .select(eb =>
      eb
        .selectFrom('topic_links')
        .innerJoin('topics', 'topics.id', 'topic_links.topic_id')
        .where('topic_links.forum_id', '=', given.forumId)
        .select(all => all.fn.sum<number | null>('topics.revision').as('sum'))
        .as('linked'),
    )
    .where('revisions.id', '=', 1),
)

/** What a forum's page, as guests see it, is valid for: it shows its subforums too, and links to topics that left it. null: there is no such forum. */
export async function forumRevision(db: Db, forumId: number): Promise<string | null> {
  const row = await forumParts.first(db, { forumId })
  if (row === undefined || row.forums === null) return null
  return [row.shell, row.permissions, row.counts, row.forums, row.linked ?? 0].join(' ')
}
