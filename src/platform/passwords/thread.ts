import bcrypt from 'bcrypt'

/** Hash it at this cost, or compare it with this hash. */
export type Task =
  | { readonly digest: string; readonly cost: number }
  | { readonly digest: string; readonly hash: string }

export function answer(task: Task): string | boolean {
  return 'hash' in task ? bcrypt.compareSync(task.digest, task.hash) : bcrypt.hashSync(task.digest, task.cost)
}
