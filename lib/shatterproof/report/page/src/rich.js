import { h } from './dom.js';

/** Text with `_x`, `_{xy}`, `^x` and `^{xy}` set as subscripts and superscripts. */
export function rich(text) {
  return String(text)
    .split(/([_^](?:\{[^}]*\}|\w))/)
    .filter(Boolean)
    .map((part) => {
      if (part.length < 2 || !'_^'.includes(part[0])) return part;
      return h(part[0] === '_' ? 'sub' : 'sup', null, part.slice(1).replace(/[{}]/g, ''));
    });
}

/** The same for places that cannot: the marks taken out. */
export const plain = (text) =>
  String(text)
    .replace(/[_^]\{([^}]*)\}/g, '$1')
    .replace(/_(\w)/g, '$1');
