// Answers of a host, and of what stands in its place, for tests/javascript/test_answers.py.

import { ask, refusalsIn } from "/static/js/room/host.js";
import { outcome } from "./given.js";

export const codes = (body) => refusalsIn(new TextEncoder().encode(body)).map(({ code }) => code);

export const asked = (address) => outcome(() => ask(address));
