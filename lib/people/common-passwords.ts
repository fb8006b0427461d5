/** Long enough for the rule, and still among the first that are tried. */
const known = new Set([
  'administrator',
  'adminadminadmin',
  'changemechangeme',
  'chinachinachina',
  'iloveyouiloveyou',
  'letmeinletmein',
  'passwordpassword',
  'password1234',
  'password12345',
  'password123456',
  'passw0rd1234',
  'p@ssw0rd1234',
  'q1w2e3r4t5y6',
  'qazwsxedcrfv',
  'qwer1234qwer',
  'qwertyqwerty',
  'welcome12345',
  'welcomewelcome',
  'woaini1314520',
  'woaini520520',
  'woainiwoaini',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '1qaz@wsx3edc',
  'abcd12345678',
  'abc123abc123',
  'a123456789012',
  'aa1234567890',
  '5201314520131',
]);

const rows = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];

/** Whether a password is one of those that everybody tries: known ones, keyboard rows, one piece over and over. */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  if (known.has(text) || rows.some((row) => row.includes(text))) return true;
  for (let size = 1; size <= 3; size++) {
    if (
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length)
    )
      return true;
  }
  return false;
}
