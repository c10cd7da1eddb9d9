package main

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Signed notes (docs/specs/checkpoint.md; C2SP signed-note).

const (
	dash            = "— "
	mostSignatures  = 100
	shortestOfLines = 4 + 1 // a key id and some signature
)

// signature is a line under a note. What stands after the key id is for the key's algorithm to read.
type signature struct {
	name string
	id   [4]byte
	raw  []byte
}

// verified is a line that a known key signed; time is nil where its algorithm states none.
type verified struct {
	key  vkey
	time *uint64
}

type note struct {
	text       string
	signatures []signature
}

func readNote(raw []byte) (*note, error) {
	malformed := refusal("note.malformed")
	if !utf8.Valid(raw) || bytes.IndexFunc(raw, func(r rune) bool { return r < 0x20 && r != '\n' }) >= 0 {
		return nil, malformed
	}
	whole := string(raw)
	end := strings.LastIndex(whole, "\n\n")
	if end < 0 || !strings.HasSuffix(whole, "\n") {
		return nil, malformed
	}
	read := &note{text: whole[:end+1]}
	lines := strings.SplitAfter(whole[end+2:], "\n")
	lines = lines[:len(lines)-1] // after the last line end
	if len(lines) == 0 || len(lines) > mostSignatures {
		return nil, malformed
	}
	for _, line := range lines {
		signed, is := readSignature(strings.TrimSuffix(line, "\n"))
		if !is {
			return nil, malformed
		}
		read.signatures = append(read.signatures, signed)
	}
	return read, nil
}

func readSignature(line string) (read signature, is bool) {
	if !strings.HasPrefix(line, dash) {
		return read, false
	}
	parts := strings.Split(strings.TrimPrefix(line, dash), " ")
	if len(parts) != 2 || !isKeyName(parts[0]) {
		return read, false
	}
	raw, strict := fromBase64(parts[1])
	if !strict || len(raw) < shortestOfLines {
		return read, false
	}
	read = signature{name: parts[0], raw: raw[4:]}
	copy(read.id[:], raw)
	return read, true
}

// open verifies every line by a known key. Lines by others are passed over.
func (n *note) open(keys []vkey) ([]verified, error) {
	for i, key := range keys {
		for _, other := range keys[:i] {
			if other.name == key.name && other.id == key.id {
				return nil, refusal("note.ambiguous_key")
			}
		}
	}
	opened := []verified{}
	for _, signed := range n.signatures {
		key := find(keys, signed)
		if key == nil {
			continue
		}
		time, err := key.verify(n.text, signed.raw)
		if err != nil {
			return nil, err
		}
		opened = append(opened, verified{*key, time})
	}
	for i, line := range opened {
		for _, earlier := range opened[:i] {
			if earlier.key.name == line.key.name && earlier.key.id == line.key.id {
				return nil, refusal("note.repeated")
			}
		}
	}
	if len(opened) == 0 {
		return nil, refusal("note.unverified")
	}
	return opened, nil
}

func find(keys []vkey, signed signature) *vkey {
	for i, key := range keys {
		if key.name == signed.name && key.id == signed.id {
			return &keys[i]
		}
	}
	return nil
}

func (k *vkey) verify(text string, raw []byte) (time *uint64, err error) {
	if k.algorithm != plainEd25519 {
		return k.verifyCosignature(text, raw)
	}
	if !signatureHolds(k.public, []byte(text), raw) {
		return nil, refusal("note.signature")
	}
	return nil, nil
}

func judgeNote(v vector) (string, reading, error) {
	keys, err := readVkeys(v.Keys, plainEd25519, cosignerEd25519, cosignerMLDSA44)
	if err != nil {
		return "vkey", nil, err
	}
	read, err := readNote(v.raw())
	if err != nil {
		return "note", nil, err
	}
	opened, err := read.open(keys)
	names := []string{}
	for _, line := range opened {
		names = append(names, line.key.name)
	}
	return "note", reading{"verified": names}, err
}
