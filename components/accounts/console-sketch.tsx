/*
 * Names of things in WeChat's own console, which is in Chinese whatever language we are read in: they stand here as they
 * stand there, so that they can be found.
 */
const menu = ['首页', '内容管理', '互动管理', '设置与开发'];
const submenu = ['账号设置', '开发接口管理', '安全中心'];

/** A sketch of where the console shows app id and secret, or the IP whitelist. @param mark  what is ringed */
export function ConsoleSketch({ mark, caption }: { mark: 'credentials' | 'whitelist'; caption: string }) {
  const rows = [
    { key: 'appId', name: 'AppID', value: 'wx0123456789abcdef', button: '' },
    { key: 'secret', name: 'AppSecret', value: '••••••••••••', button: '重置' },
    { key: 'whitelist', name: 'IP白名单', value: '203.0.113.7', button: '修改' },
  ];
  const ring = mark === 'credentials' ? { y: 58, height: 64 } : { y: 122, height: 32 };
  return (
    <figure className="rounded-md border border-line bg-sunken p-3">
      <svg
        viewBox="0 0 420 172"
        role="img"
        aria-label={caption}
        className="h-auto w-full max-w-lg"
        lang="zh-CN"
      >
        <rect x="0.5" y="0.5" width="419" height="171" rx="6" className="fill-surface stroke-line" />
        <path d="M0 26H420M112 26V172" className="stroke-line" />
        <text x="12" y="17" className="fill-muted text-[11px]">
          mp.weixin.qq.com
        </text>
        {menu.map((name, index) => (
          <text
            key={name}
            x="12"
            y={46 + index * 18}
            className={index === 3 ? 'fill-ink text-[11px] font-semibold' : 'fill-muted text-[11px]'}
          >
            {name}
          </text>
        ))}
        {submenu.map((name, index) => (
          <text
            key={name}
            x="24"
            y={118 + index * 18}
            className={index === 1 ? 'fill-accent text-[11px] font-semibold' : 'fill-muted text-[11px]'}
          >
            {name}
          </text>
        ))}
        <text x="128" y="46" className="fill-ink text-[11px] font-semibold">
          基本配置
        </text>
        {rows.map(({ key, name, value, button }, index) => (
          <g key={key}>
            <text x="128" y={78 + index * 32} className="fill-muted text-[11px]">
              {name}
            </text>
            <text x="200" y={78 + index * 32} className="fill-ink font-mono text-[11px]">
              {value}
            </text>
            {button ? (
              <text x="360" y={78 + index * 32} className="fill-accent text-[11px]">
                {button}
              </text>
            ) : null}
          </g>
        ))}
        <rect
          x="120"
          y={ring.y}
          width="288"
          height={ring.height}
          rx="5"
          className="fill-none stroke-accent [stroke-dasharray:4_3] [stroke-width:1.5]"
        />
      </svg>
      <figcaption className="mt-2 text-sm text-pretty text-muted">{caption}</figcaption>
    </figure>
  );
}
