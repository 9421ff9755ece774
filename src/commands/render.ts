import { renderPosts } from '../features/posts/index.ts'
import type { Command } from './command.ts'
import { tenths } from './progress.ts'

/** `render` */
export const renderCommand: Command = {
  name: 'render',
  usage: '',
  about: 'make the HTML of old posts anew, as an update of the forum writes it',
  async run({ store, print }) {
    const { looked, changed, left } = await renderPosts(store.db, tenths(print, 'posts'))
    print(`${looked} of an earlier version, ${changed} of them look different now.`)
    if (left > 0) print(`${left} were changed by somebody meanwhile; run it again for those.`)
    return 0
  },
}
