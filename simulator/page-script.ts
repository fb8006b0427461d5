import { chatScript } from './chat-script';

/** The page's own few lines: two buttons a code, unfollow, verify. `TEXTS` is put in front by the page. */
export const script = `
const say = (key, values) => TEXTS[key].replace(/\\{(\\w+)\\}/g, (_, name) => String(values?.[name] ?? ''));
const post = async (path, body) => {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
};
const stranger = () => 'o' + btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(21))))
  .slice(0, 27).replaceAll('+', '-').replaceAll('/', '_');
const sentence = (answer) => {
  if (answer.reason) return say('reason.' + answer.reason);
  const values = { event: answer.event, key: answer.eventKey ?? '', status: answer.status, ms: answer.ms, attempts: answer.attempts, why: answer.error };
  if (!answer.pushed) return say('notPushed', values);
  if (answer.status === 0) return say('noAnswer', values);
  const sees = answer.userSees;
  const what = say(answer.attempts > 1 ? 'answeredAfter' : 'answered', values);
  return sees.kind === 'reply' ? what : what + ' · ' + say('sees.' + sees.kind, sees);
};
${chatScript}
const people = document.querySelector('#people');
const refresh = async (choose) => {
  const html = await (await fetch(location.href)).text();
  // A parsed style element is judged by this page's policy, which knows another nonce.
  const page = new DOMParser().parseFromString(html.replace(/<style[^]*?<\\/style>/, ''), 'text/html');
  for (const id of ['facts', 'people']) document.getElementById(id).innerHTML = page.getElementById(id).innerHTML;
  if ([...people.options].some((option) => option.value === choose)) people.value = choose;
  const none = people.options[0].value === '';
  people.disabled = none;
  for (const button of document.querySelectorAll('[data-needs-follower]')) button.disabled = none || 'gone' in button.dataset;
};
const run = async (place, buttons, work) => {
  for (const button of buttons) button.disabled = true;
  place.className = 'result';
  place.textContent = TEXTS.working;
  const chat = place.closest('li')?.querySelector('.chat');
  if (chat) show(chat);
  let choose;
  try {
    const { text, good, openid, sees } = await work();
    choose = openid;
    if (chat) show(chat, sees);
    place.textContent = text;
    place.classList.add(good ? 'ok' : 'bad');
  } catch (error) {
    place.textContent = say('failed', { why: error.message });
    place.classList.add('bad');
  }
  try {
    await refresh(choose ?? people?.value);
  } finally {
    // Those that need a follower have been judged by who follows now.
    for (const button of buttons) button.disabled = 'needsFollower' in button.dataset && (people?.disabled ?? true);
  }
  // An app puts its tags on a little later.
  setTimeout(() => document.activeElement === people || refresh(people.value), 4000);
};
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (!button) return;
  const { do: what, appId } = button.dataset;
  if (what === 'verify') {
    return run(document.querySelector('#account-result'), [button], async () => {
      const answer = await post('/_sim/verify', { appId });
      const why = answer.error ?? answer.status + ' ' + answer.body.slice(0, 80);
      return { good: answer.verified, text: say(answer.verified ? 'verified' : 'notVerified', { why }) };
    });
  }
  if (what === 'unfollow') {
    return run(document.querySelector('#people-result'), [button], async () => {
      const answer = await post('/_sim/unfollow', { appId, openid: people.value });
      return { good: answer.delivered, text: sentence(answer) };
    });
  }
  const item = button.closest('li');
  const openid = what === 'scan-new' ? stranger() : people.value;
  run(item.querySelector('.result'), item.querySelectorAll('button'), async () => {
    const answer = await post('/_sim/scan', { ticket: item.dataset.ticket, openid });
    return { good: answer.delivered, text: sentence(answer), openid, sees: answer.userSees };
  });
});
`;
