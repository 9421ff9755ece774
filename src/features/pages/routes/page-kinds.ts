import type { PageKind } from '../../../platform/http/index.ts'
import { readRevisions } from '../../../platform/store/index.ts'
import { plainQuery } from '../../topics/index.ts'
import { isTextName } from '../texts/names.ts'

/** The community's texts, as guests share them until one of them, or a setting that stands in them, changes. */
export const textPages: PageKind = {
  match(path, query) {
    const name = /^\/([a-z]+)\/$/.exec(path)?.[1]
    const asked = isTextName(name) ? plainQuery(query) : null
    if (asked === null) return null
    const { version = '' } = asked
    if (version !== '' && !/^[1-9]\d{0,8}$/.test(version)) return null
    return { key: `${name} ${version}`, revision: async db => String((await readRevisions(db)).shell) }
  },
}
