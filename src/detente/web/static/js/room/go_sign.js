// On to the page of signing, with fields that were made in this browser.

/**
 * @param {string} sign address of the page on which acts are signed
 * @param {string} kind
 * @param {string} chamber "" for the main log
 * @param {Record<string, string>} fields
 */
export function goSign(sign, kind, chamber, fields) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${sign}?kind=${kind}&log=${chamber}`;
  for (const [name, value] of Object.entries({ kind, ...fields })) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
