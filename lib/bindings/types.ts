export const bindingStates = ['pending', 'scanned', 'expired'] as const;
/** `expired` is final: a scan that comes later binds nobody. */
export type BindingState = (typeof bindingStates)[number];

export type BindingDto = {
  id: string;
  accountId: string;
  /** As the other system calls its user. */
  externalUserId: string;
  state: BindingState;
  /** Of the person who scanned; null before, and again once that person has unfollowed or was forgotten. */
  openid: string | null;
  /** When WeChat says it was scanned. */
  scannedAt: string | null;
  expiresAt: string;
  /** Null once an expired binding's code was cleared away. */
  code: {
    id: string;
    status: 'reserved' | 'issued' | 'failed';
    ticket: string | null;
    url: string | null;
  } | null;
  /** What the symbol holds; null while WeChat has not issued the code. */
  url: string | null;
  /** The drawn symbol, for who brings an API key or a session. */
  imageUrl: string | null;
  returnUrl: string | null;
  createdAt: string;
  createdBy: string;
};

/** What whoever makes a binding is told beside. */
export type CreatedBindingDto = BindingDto & {
  /** Lets a browser listen to this one binding, until an hour after it has expired. */
  listenToken: string;
  /** Server-sent events, with the token. */
  eventsUrl: string;
};

/** What a browser with the token alone may know: no openid. */
export type BindingNewsDto = Pick<BindingDto, 'id' | 'state' | 'scannedAt' | 'expiresAt' | 'returnUrl'>;

export type BindingPageDto = { items: BindingDto[]; nextCursor: string | null };
