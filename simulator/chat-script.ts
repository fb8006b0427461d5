/** A part of the page's script: what the person reads in the chat once a push is answered. Texts of others stay texts. */
export const chatScript = `
const element = (name, className, ...children) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};
// A text message may hold links: only their words are shown, and they lead nowhere from here.
const wordsOf = (text) => {
  const words = element('p', 'words');
  let from = 0;
  for (const link of text.matchAll(/<a\\s[^<>]*href=[^<>]*>([^<>]+)<\\/a>/gi)) {
    words.append(text.slice(from, link.index), element('span', 'link', link[1]));
    from = link.index + link[0].length;
  }
  words.append(text.slice(from));
  return words;
};
const newsOf = ({ title, description, pictureUrl, url }) =>
  element('div', 'news',
    element('p', 'photo mono', pictureUrl || TEXTS['chat.noPicture']),
    element('p', 'title', title),
    ...(description ? [element('p', 'soft small', description)] : []),
    element('p', 'soft small mono', url));
const bubbleOf = ({ msgType, text, articles }) =>
  msgType === 'text' ? wordsOf(text)
  : articles ? element('div', '', ...articles.map(newsOf))
  : element('p', 'words soft', say('chat.other', { type: msgType }));
// What stands in the chat after a push: the account's message, or WeChat's own notice; nothing where it says nothing.
const chatOf = (sees) => {
  if (sees?.kind === 'serviceUnavailable') return [element('p', 'notice', TEXTS['chat.unavailable'])];
  if (sees?.kind !== 'reply') return [];
  const name = document.querySelector('.name h2').textContent;
  const face = element('span', 'face', [...name][0]);
  face.ariaHidden = 'true';
  return [face, element('div', 'bubble', bubbleOf(sees))];
};
const show = (place, sees) => {
  const parts = chatOf(sees);
  place.hidden = parts.length === 0;
  place.replaceChildren(...parts);
};
`;
