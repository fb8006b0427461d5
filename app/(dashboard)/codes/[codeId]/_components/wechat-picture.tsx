'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/class-names';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { CodeDto } from '@/lib/codes/types';

/** WeChat's own drawing, asked for only when somebody wants to compare: each look is a call over the network. */
export function WeChatPicture({ code }: { code: CodeDto }) {
  const t = useTranslations('codes.detail');
  const [state, setState] = useState<'hidden' | 'loading' | 'shown' | 'failed'>('hidden');
  const query = new URLSearchParams({ accountId: code.accountId });
  const isAsked = state === 'loading' || state === 'shown';
  return (
    <Card title={t('weChatPicture')} text={t('weChatPictureText')}>
      {isAsked ? (
        <div className="relative size-52">
          {state === 'loading' ? <Skeleton className="absolute inset-0 size-52" /> : null}
          {/* biome-ignore lint/performance/noImgElement: it is private and must not pass through a cache of pictures */}
          <img
            src={`/api/codes/${code.id}/wechat-picture?${query}`}
            alt={t('weChatPictureAlt', { label: code.label })}
            width={208}
            height={208}
            onLoad={() => setState('shown')}
            onError={() => setState('failed')}
            className={cn('size-52 rounded-sm', state === 'loading' && 'opacity-0')}
          />
        </div>
      ) : (
        <div className="grid justify-items-start gap-3">
          {state === 'failed' ? <Notice tone="warning">{t('weChatPictureFailed')}</Notice> : null}
          <Button variant="secondary" size="sm" onClick={() => setState('loading')}>
            {t('weChatPictureShow')}
          </Button>
        </div>
      )}
    </Card>
  );
}
