// What a form of a chamber hides: it stays in this tab until it is sealed, and is never sent with the form.

import { inOneSentence } from "../preferences/document.js";

const PREFIX = "kept for ";

/** @param {HTMLFormElement} form */
function place(form) {
  const address = new URL(form.getAttribute("action"), form.baseURI);
  return placeFor(address, form.elements.namedItem("kind").value, address.searchParams.get("log"));
}

/** @param {URL} sign page on which acts are signed @param {string} kind @param {string} log */
function placeFor({ pathname }, kind, log) {
  return `${PREFIX}${pathname}?kind=${kind}&log=${log}`;
}

/**
 * Keep what another page made for a form of a chamber.
 * @param {string} sign address of the page on which acts are signed @param {string} kind @param {string} log
 * @param {Record<string, string>} fields
 */
export function keepFor(sign, kind, log, fields) {
  sessionStorage.setItem(placeFor(new URL(sign, document.baseURI), kind, log), JSON.stringify(fields));
}

/** What is kept so; nothing where it is signed, or given up. @param {string} sign @param {string} kind @param {string} log */
export function keptFor(sign, kind, log) {
  return JSON.parse(sessionStorage.getItem(placeFor(new URL(sign, document.baseURI), kind, log)) ?? "{}");
}

/** The controls of a form whose values stay here. @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
function controls(form) {
  return [...form.querySelectorAll("[data-kept]")];
}

/** Keep what was typed, before the form is sent. @param {HTMLFormElement} form */
export function keepFields(form) {
  const kept = typedFields(form);
  if (kept.length > 0) sessionStorage.setItem(place(form), JSON.stringify(Object.fromEntries(kept)));
}

/** What was typed, by field. @param {HTMLFormElement} form @returns {[string, string][]} */
export function typedFields(form) {
  return controls(form).map((control) => [control.dataset.kept, control.value]);
}

/** Put back what was typed. @param {HTMLFormElement} form */
export function putBack(form) {
  const kept = JSON.parse(sessionStorage.getItem(place(form)) ?? "{}");
  for (const control of controls(form)) if (kept[control.dataset.kept]) control.value = kept[control.dataset.kept];
}

/** It is signed, or given up. @param {HTMLFormElement} form */
export function forgetFields(form) {
  sessionStorage.removeItem(place(form));
}

/**
 * The hidden fields that are kept here, as the act holds them; empty ones left out.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string | boolean>}
 */
export function keptFields(form) {
  const given = controls(form).filter(({ value }) => value.trim() !== "");
  return Object.fromEntries(given.map((control) => [control.dataset.kept, valueOf(control)]));
}

/** A choice between yes and no is a truth value; everything else that is hidden here is words. */
function valueOf(control) {
  return control.tagName === "SELECT" ? control.value === "yes" : control.value.trim().replaceAll("\r\n", "\n");
}

/** What is kept, as people read it: label and words of each. @param {HTMLFormElement} form @returns {[string, string][]} */
export function keptWords(form) {
  return controls(form)
    .filter(({ value }) => value.trim() !== "")
    .map((control) => [form.querySelector(`label[for="${control.id}"]`).firstChild.textContent.trim(), readable(control)]);
}

/** Words as they were typed; of a document that a page made, what is in it. @param {HTMLInputElement} control */
function readable(control) {
  return control.dataset.kept === "document" ? inOneSentence(control.value) : control.value.trim();
}
