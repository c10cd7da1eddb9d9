package main

import (
	"crypto/sha256"
	"strings"
)

// The state statement (docs/specs/state-statement.md).

const statementVersion = "detente state statement v1"

type statement struct {
	origin    string
	size      int64
	root      []byte
	facts     int64
	factsRoot []byte
	state     []byte
	signers   []string
	keys      []vkey // with which its signers cosign
}

func readStatementText(text string) (*statement, error) {
	lines := strings.Split(text, "\n")
	if lines[0] != statementVersion {
		return nil, refusal("statement.version")
	}
	malformed := refusal("statement.lines")
	if len(lines) != 8 || lines[7] != "" {
		return nil, malformed
	}
	size, sizeIs := readDecimal(lines[2])
	facts, factsIs := readDecimal(lines[4])
	if !sizeIs || !factsIs || size == 0 || facts == 0 {
		return nil, malformed
	}
	hashes := [][]byte{}
	for _, spelled := range []string{lines[3], lines[5], lines[6]} {
		hash, strict := fromBase64(spelled)
		if !strict || len(hash) != sha256.Size {
			return nil, malformed
		}
		hashes = append(hashes, hash)
	}
	return &statement{origin: lines[1], size: size, root: hashes[0], facts: facts, factsRoot: hashes[1], state: hashes[2]}, nil
}

// statementKeys are those under which cosigners sign statements, each beside the one with which it cosigns.
func statementKeys(cosigners []vkey) (keys []vkey) {
	for _, key := range cosigners {
		if key.algorithm == cosignerEd25519 {
			id := keyID(key.name, append([]byte{plainEd25519}, key.public...))
			keys = append(keys, vkey{key.name, id, plainEd25519, key.public})
		}
	}
	return keys
}

// openStatement: as many of the first cosigners as the quorum have signed it, and nobody but these and later ones.
func openStatement(raw []byte, origin string, quorum int64, first, later []vkey) (*statement, error) {
	counted, others := statementKeys(first), statementKeys(later)
	if quorum == 0 || len(counted) == 0 {
		return nil, refusal("statement.quorum")
	}
	signed, err := readNote(raw)
	if err != nil {
		return nil, err
	}
	opened, err := signed.open(append(append([]vkey{}, counted...), others...))
	if err != nil {
		return nil, err
	}
	said, err := readStatementText(signed.text)
	if err != nil {
		return nil, err
	}
	if said.origin != origin {
		return nil, refusal("statement.origin")
	}
	if len(opened) != len(signed.signatures) {
		return nil, refusal("statement.signature")
	}
	said.signers = []string{}
	for _, line := range opened {
		for _, key := range counted {
			if line.key.name == key.name && line.key.id == key.id && !contains(said.signers, key.name) {
				said.signers = append(said.signers, key.name)
			}
		}
	}
	if int64(len(said.signers)) < quorum {
		return nil, refusal("statement.quorum")
	}
	for _, key := range append(counted, others...) {
		for _, line := range opened {
			if line.key.name == key.name && line.key.id == key.id {
				id := keyID(key.name, append([]byte{cosignerEd25519}, key.public...))
				said.keys = append(said.keys, vkey{key.name, id, cosignerEd25519, key.public})
			}
		}
	}
	return said, nil
}
