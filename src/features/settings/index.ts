export { hueOf } from './accents.ts'
export { settingsForm, settingsIn } from './form.ts'
export { settings, writeSettings } from './queries.ts'
export {
  defaults,
  registry,
  type Setting,
  type SettingGroup,
  type SettingKey,
  type Settings,
  settingGroups,
} from './registry.ts'
