import { ImageIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isBlank, splitLinks } from '@/lib/replies/format';
import type { ReplyContent } from '@/lib/replies/types';

/**
 * A reply as the person reads it in the chat.
 *
 * @param content  with its variables filled in
 */
export function ChatBubble({
  accountName,
  caption,
  content,
}: {
  accountName: string;
  caption: ReactNode;
  content: ReplyContent;
}) {
  const t = useTranslations('replies.preview');
  const isText = content.kind === 'text';
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1.5 text-sm text-muted">{caption}</figcaption>
      <div className="flex items-start gap-2 rounded-md bg-sunken p-3">
        <span
          aria-hidden
          className="grid size-8 shrink-0 place-items-center rounded-sm bg-accent text-sm font-semibold text-on-accent"
        >
          {[...accountName][0] ?? ''}
        </span>
        <div className="min-w-0 flex-1">
          {isText && isBlank(content) ? (
            <p className="py-1 text-muted">{t('empty')}</p>
          ) : isText ? (
            <p className="w-fit max-w-full rounded-md border border-line bg-surface px-3 py-1.5 whitespace-pre-line wrap-anywhere">
              {splitLinks(content.text).map(({ text, isLink }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have nothing but their place
                <span key={place} className={isLink ? 'text-accent underline underline-offset-3' : undefined}>
                  {text}
                </span>
              ))}
            </p>
          ) : (
            <NewsCard content={content} />
          )}
        </div>
      </div>
    </figure>
  );
}

/** Pictures of elsewhere are not loaded into our pages: a placeholder of their shape says where this one is. */
function NewsCard({ content }: { content: Extract<ReplyContent, { kind: 'news' }> }) {
  const t = useTranslations('replies.preview');
  const { title, description, pictureUrl } = content;
  return (
    <div className="max-w-80 overflow-hidden rounded-md border border-line bg-surface">
      <div className="grid aspect-[2.35] place-content-center gap-1 border-b border-line bg-sunken p-2 text-center text-sm text-muted">
        <ImageIcon aria-hidden className="mx-auto size-5" />
        <span className="line-clamp-3 wrap-anywhere">
          {pictureUrl ? t('picture', { address: pictureUrl }) : t('noPicture')}
        </span>
      </div>
      <div className="grid gap-0.5 px-3 py-2">
        <p className="font-semibold wrap-anywhere">{title || t('empty')}</p>
        {description ? <p className="text-sm wrap-anywhere text-muted">{description}</p> : null}
      </div>
    </div>
  );
}
