import type { Config } from '../config.ts'
import type { Store } from '../platform/store/index.ts'

/** What a command works with: the database is open, and up to date unless the command wants it untouched. */
export interface CommandContext {
  readonly config: Config
  readonly store: Store
  readonly args: readonly string[]
  /** One line for whoever typed the command. */
  print(line: string): void
}

/** One line of `npm run stoa -- help`, and what it does. */
export interface Command {
  readonly name: string
  /** The options, as in `--members N`. */
  readonly usage: string
  readonly about: string
  /** It gets the database as it is: of whatever version, perhaps without a forum in it. */
  readonly database?: 'untouched'
  /** The exit code. Throws UsageError. */
  run(context: CommandContext): Promise<number>
}

/** The command was typed wrongly; the message is one line that says how it goes. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
