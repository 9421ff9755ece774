import { lockName, type Tx } from '../../platform/store/index.ts'

/**
 * Until this transaction ends nobody else adds a topic to these forums. Comes before every other lock: then whoever
 * empties a forum can take its topics first and the forums after them, as everybody does who posts.
 */
export async function holdList(tx: Tx, ...forumIds: number[]): Promise<void> {
  for (const id of forumIds.sort((a, b) => a - b)) await lockName(tx, `topics of forum ${id}`)
}
