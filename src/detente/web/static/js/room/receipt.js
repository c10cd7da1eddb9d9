// After signing: the page of the act says that this browser has checked its receipt.

const PREFIX = "receipt of ";

/** Keep for the page of the act that its receipt was checked just now. @param {string} address */
export function keepChecked(address) {
  sessionStorage.setItem(PREFIX + address, new Date().toISOString());
}

/** When this browser checked the receipt of the act at an address. @param {string} address @returns {Date | null} */
export function checkedAt(address) {
  const kept = sessionStorage.getItem(PREFIX + address);
  return kept === null ? null : new Date(kept);
}
