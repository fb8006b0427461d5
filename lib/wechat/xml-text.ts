import { legalXmlText } from './xml';

/** One element with its text in CDATA, as WeChat writes it. */
export function element(name: string, text: string): string {
  return `<${name}><![CDATA[${legalXmlText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}
