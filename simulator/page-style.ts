export const style = `
:root{color-scheme:light dark;--paper:#fcfcfa;--card:#fff;--ink:#1a1a18;--soft:#5f5f58;--line:#e4e3dc;--green:#0a7a43;--wash:#eef5f0;--red:#a8231b;--amber:#8a5a00}
@media(prefers-color-scheme:dark){:root{--paper:#161714;--card:#1e1f1c;--ink:#ececE6;--soft:#a3a39a;--line:#34352f;--green:#4fbf85;--wash:#1d2a22;--red:#ff8a80;--amber:#e2b155}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
header,main{max-width:1080px;margin:0 auto;padding:0 20px}
header{display:flex;justify-content:space-between;align-items:flex-start;gap:20px;padding-top:28px;padding-bottom:20px}
h1{font-size:22px;line-height:1.3;margin:0 0 4px}
h2{font-size:15px;margin:0}
p{margin:0}
.lead,.soft{color:var(--soft)}
.lead{max-width:62ch}
.small{font-size:13px}
a{color:var(--green);text-underline-offset:3px}
header>a{white-space:nowrap}
:focus-visible{outline:2px solid var(--green);outline-offset:2px}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px}
pre{overflow:auto;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:12px 14px;margin:14px 0 0;text-align:left;white-space:pre-wrap;overflow-wrap:anywhere}
.tabs,.chips{display:flex;flex-wrap:wrap;gap:6px}
.tabs{margin-bottom:12px}
.tabs a,.chips a{padding:5px 12px;border:1px solid var(--line);border-radius:99px;color:var(--ink);text-decoration:none;background:var(--card);white-space:nowrap}
.tabs a[aria-current],.chips a[aria-current]{border-color:var(--green);color:var(--green);background:var(--wash);font-weight:600}
.account{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px 18px}
.name{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:baseline}
.facts{display:grid;grid-template-columns:repeat(5,1fr);gap:14px;margin:14px 0}
.facts dt{color:var(--soft);font-size:13px}
.facts dd{margin:0;font-size:18px;font-weight:600;line-height:1.35}
.facts dd span{display:block;font-size:13px;font-weight:400;color:var(--soft)}
.push{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;border-top:1px solid var(--line);padding-top:12px}
.push code{overflow-wrap:anywhere}
.warn{color:var(--amber)}
.bar{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-end;justify-content:space-between;margin:26px 0 12px}
.bar form,.who{display:flex;gap:6px;align-items:flex-end}
label{display:block;font-size:13px;color:var(--soft)}
input,select,button{font:inherit;color:inherit;height:36px;border-radius:6px;border:1px solid var(--line);background:var(--card);padding:0 12px}
input{width:190px}
select{width:278px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px}
button{cursor:pointer;white-space:nowrap}
button:hover:not(:disabled){border-color:var(--green)}
button:disabled,select:disabled{opacity:.55;cursor:default}
button.main{background:var(--wash);border-color:var(--green);color:var(--green);font-weight:600}
.codes{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.codes li{display:grid;grid-template-columns:96px minmax(0,1fr) auto;gap:4px 18px;align-items:center;padding:14px 18px}
.codes li+li{border-top:1px solid var(--line)}
.codes .qr{display:block;grid-row:span 2;align-self:start;border:1px solid var(--line);border-radius:4px;overflow:hidden;line-height:0;background:#fff}
.qr svg{width:100%;height:auto}
.gone .qr svg{opacity:.35}
.scene{font-size:17px;font-weight:600;overflow-wrap:anywhere}
.meta{display:flex;flex-wrap:wrap;gap:0 12px;overflow-wrap:anywhere;color:var(--soft);font-size:13px}
.acts{display:flex;gap:8px}
.result{grid-column:2/-1;font-size:13px;min-height:20px;color:var(--soft);overflow-wrap:anywhere}
.result.ok{color:var(--green)}
.result.bad{color:var(--red)}
.chat{grid-column:2/-1;display:flex;gap:8px;align-items:flex-start;max-width:460px;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:12px;margin-top:4px}
.chat[hidden]{display:none}
.face{display:grid;place-items:center;flex:none;width:32px;height:32px;border-radius:4px;background:var(--green);color:var(--paper);font-weight:600}
.bubble{min-width:0}
.words{white-space:pre-line;overflow-wrap:anywhere;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 12px;width:fit-content;max-width:100%}
.link{color:var(--green);text-decoration:underline;text-underline-offset:3px}
.news{background:var(--card);border:1px solid var(--line);border-radius:6px;overflow:hidden;overflow-wrap:anywhere;max-width:340px}
.news>*{padding:0 12px}
.news>:last-child{padding-bottom:8px}
.news .photo{display:grid;place-items:center;aspect-ratio:2.35;background:var(--wash);color:var(--soft);text-align:center;padding:8px}
.news .title{font-weight:600;padding-top:8px}
.notice{margin:0 auto;color:var(--soft);font-size:13px;text-align:center}
.pager{display:flex;gap:16px;justify-content:space-between;align-items:center;margin:14px 0 60px;color:var(--soft);font-size:13px}
.pager span:last-child{display:flex;gap:16px}
.empty{text-align:center;padding:56px 24px;border:1px dashed var(--line);border-radius:8px;margin-bottom:60px}
.empty h2{font-size:17px;margin-bottom:6px}
.empty p{max-width:56ch;margin:0 auto;color:var(--soft)}
.empty svg{width:72px;height:72px;color:var(--soft);margin-bottom:14px}
.empty pre{max-width:640px;margin:18px auto 0}
@media(max-width:720px){
header,main{padding-left:16px;padding-right:16px}
header{padding-top:20px}
.facts{grid-template-columns:repeat(2,1fr)}
.bar>*{width:100%}
.bar form,.who{width:100%}
.bar form div,.who div{flex:1;min-width:0}
input,select{width:100%}
.codes li{grid-template-columns:80px minmax(0,1fr);gap:6px 14px;padding:14px}
.codes .qr{grid-row:auto}
.acts{grid-column:1/-1}
.acts button{flex:1;padding:4px 8px;height:auto;min-height:40px;white-space:normal;line-height:1.3}
.result,.chat{grid-column:1/-1;min-height:0}
}
@media(prefers-reduced-motion:no-preference){button,.result{transition:border-color .14s,color .14s}}
`;
