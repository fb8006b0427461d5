/** The path of a Chromium, installed when there is none; null when there is none to be had. */
export function findOrInstallBrowser(): Promise<string | null>;
