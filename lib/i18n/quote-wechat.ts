/** What WeChat said itself, as its support wants it quoted: `errcode 45029 · … · rid …`; the kind where it gave no code. */
export function quoteWeChat(error: {
  kind?: string;
  errcode: number | null;
  errmsg: string | null;
  rid: string | null;
}): string {
  const { kind, errcode, errmsg, rid } = error;
  return [errcode === null ? kind : `errcode ${errcode}`, errmsg, rid && `rid ${rid}`]
    .filter(Boolean)
    .join(' · ');
}
