import { createAdmin, register, setUp } from '../../src/features/accounts/index.ts'
import { allGroups } from '../../src/features/groups/index.ts'
import { updateMember } from '../../src/features/members/index.ts'
import { adoptWelcome } from '../../src/features/posts/index.ts'
import { writeSettings } from '../../src/features/settings/index.ts'
import { createHasher, type Hasher } from '../../src/platform/passwords/index.ts'
import { type Db, inTransaction } from '../../src/platform/store/index.ts'

export type Person = { id: number; name: string; email: string; password: string }

const someNames = ['Bea', 'Carl', 'Dora', 'Emil', 'Fay', 'Gus', 'Hilda', 'Ivan', 'Jo', 'Kim']

/** The members of a test's forum, with the passwords that a forum does not know. */
export class People {
  readonly admin: Person = personOf('Ada')
  readonly #db: Db
  readonly #hasher: Hasher = createHasher({ cost: 4 })
  readonly #known = new Map<string, Person>()
  #addresses = 0

  constructor(db: Db) {
    this.#db = db
  }

  /** Whoever writes from an address of their own is not counted with others. */
  newAddress(): string {
    const number = ++this.#addresses
    return `198.18.${number >> 8}.${number & 255}`
  }

  /** Through the link when there is one: a forum that has an administrator gets another. */
  async setUp(link: string | null): Promise<void> {
    const accounts = { db: this.#db, hasher: this.#hasher }
    if (link) {
      const { origin, searchParams } = new URL(link)
      const values = { ...this.admin, forum_name: 'The Porch', base_url: origin }
      this.admin.id = await setUp(accounts, searchParams.get('token') ?? '', values, { adoptWelcome })
    } else this.admin.id = await createAdmin(accounts, this.admin)
  }

  /** Has been here for long: has nothing to prove. */
  async member(name = this.#newName(), group?: string): Promise<Person> {
    const known = this.#known.get(name) ?? personOf(name)
    if (known.id === 0) {
      const accounts = { db: this.#db, hasher: this.#hasher }
      known.id = await register(accounts, known, { address: this.newAddress() })
      await inTransaction(this.#db, tx => updateMember(tx, known.id, { email_verified_at: Date.now() }))
      this.#known.set(name, known)
    }
    if (group) await this.#moveTo(known.id, group)
    return known
  }

  #newName(): string {
    return someNames.find(name => !this.#known.has(name)) ?? `Guest ${this.#known.size}`
  }

  async #moveTo(id: number, name: string): Promise<void> {
    const group = (await allGroups(this.#db)).find(group => group.name === name)
    if (!group) throw new Error(`There is no group ${name}`)
    await inTransaction(this.#db, tx => updateMember(tx, id, { group_id: group.id }))
  }
}

/** Tests fill in forms in no time and without JavaScript: by default nobody takes them for programs because of that. */
export async function trustForms(db: Db): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, { minimum_time: false, proof_of_work: false }))
}

function personOf(name: string): Person {
  const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`
  return { id: 0, name, email, password: 'seven walruses in the attic' }
}
