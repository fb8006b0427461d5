import 'server-only';
import { parseSettings, type Settings } from './settings';

let settings: Settings | undefined;

/** The settings of this process, read once. */
export function env(): Settings {
  settings ??= parseSettings(process.env);
  return settings;
}

/** APP_SECRET, which the start command has generated where none was set. */
export function appSecret(): string {
  const secret = env().APP_SECRET;
  if (secret === undefined) throw new Error('APP_SECRET is not set; start with npm start');
  return secret;
}
