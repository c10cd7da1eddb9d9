// The page of an act that was signed in this tab: it is in the record, and its receipt was checked here.

import { checkedAt } from "./receipt.js";

const said = document.getElementById("recorded");
const checked = checkedAt(location.pathname + location.search);

if (said !== null && checked !== null) {
  const time = said.querySelector("time");
  time.dateTime = checked.toISOString();
  time.textContent = checked.toLocaleTimeString("en-GB");
  said.hidden = false;
}
