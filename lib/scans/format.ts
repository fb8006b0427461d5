/** Enough of an openid to tell two people on one screen apart, too little to find either. */
export function maskOpenid(openid: string): string {
  return `${openid.slice(0, 3)}…${openid.slice(-4)}`;
}
