import { Invalid, msg } from '../../../platform/errors.ts'
import { endOfDay } from '../../../platform/locale/index.ts'
import type { Settings } from '../../settings/index.ts'

/** Throws Invalid for the field unless this day of the forum's time zone has an end that is still to come. */
export function demandFuture(day: string, field: string, { time_zone }: Pick<Settings, 'time_zone'>): void {
  if (endOfDay(day, time_zone) <= Date.now()) throw new Invalid({ [field]: msg('moderation.day_past') })
}
