// Times as people read them, in the language of the page: in all of them days of the Gregorian calendar, hours from 0 to
// 23, and the digits that the acts are numbered with.

/** @param {number} at milliseconds @param {Intl.DateTimeFormatOptions} form @returns {string} */
export function timeInWords(at, form) {
  const tag = document.documentElement.lang || "en";
  const locale = tag === "en" ? "en-GB" : `${tag}-u-ca-gregory-hc-h23-nu-latn`;
  return new Intl.DateTimeFormat(locale, form).format(at);
}
