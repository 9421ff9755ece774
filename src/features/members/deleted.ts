/** As everybody is called whose account was deleted. Its space is a no-break one, which no name can hold that was typed. */
export const deletedName = 'Deleted\u00a0member'

/** Is this the name of an account that was deleted? */
export function isDeletedName(name: string | null): boolean {
  return name === deletedName
}

/** Stands for the name and the address of a deleted account, which are unique. No key of a name or address has capitals. */
export function deletedKey(id: number): string {
  return `#Deleted-${id}`
}
