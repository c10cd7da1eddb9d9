package main

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base32"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// A proof in parts, as codes on paper say them (docs/specs/proof-of-an-act.md, "In parts, on paper").

const (
	partMark     = "DETENTE1:"
	whiteSpace   = " \t\r\n"
	largestProof = 4000000
)

var (
	partForm = regexp.MustCompile(`^DETENTE1:([1-9][0-9]?):([1-9][0-9]?):([A-Z2-7]{8}):([A-Z2-7]+)$`)
	base32Of = base32.StdEncoding.WithPadding(base32.NoPadding)
)

func isInParts(raw []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(raw, whiteSpace), []byte(partMark))
}

// proofInParts puts a proof together.
func proofInParts(raw []byte) ([]byte, error) {
	said := map[string]string{} // by number
	of, which := "", ""
	for _, word := range strings.FieldsFunc(string(raw), func(r rune) bool { return strings.ContainsRune(whiteSpace, r) }) {
		read := partForm.FindStringSubmatch(word)
		if read == nil {
			return nil, refusal("parts.malformed")
		}
		number := read[1]
		if which == "" {
			of, which = read[2], read[3]
		}
		if read[2] != of || read[3] != which {
			return nil, refusal("parts.of_another")
		}
		if earlier, twice := said[number]; twice && earlier != read[4] {
			return nil, refusal("parts.damaged")
		}
		said[number] = read[4]
	}
	count, _ := strconv.Atoi(of)
	text := ""
	for number := 1; number <= count; number++ {
		piece, there := said[strconv.Itoa(number)]
		if !there {
			return nil, refusal("parts.missing")
		}
		text += piece
	}
	if len(said) > count {
		return nil, refusal("parts.damaged")
	}
	proof, whole := inflate(text, which)
	if !whole {
		return nil, refusal("parts.damaged")
	}
	return proof, nil
}

// inflate reads the deflated proof, which is all there is and has this name.
func inflate(text, which string) (proof []byte, whole bool) {
	deflated, err := base32Of.DecodeString(text)
	if err != nil || base32Of.EncodedLen(len(deflated)) != len(text) {
		return nil, false
	}
	if digest := sha256.Sum256(deflated); base32Of.EncodeToString(digest[:])[:len(which)] != which {
		return nil, false
	}
	rest := bytes.NewReader(deflated)
	inflater, err := zlib.NewReader(rest)
	if err != nil {
		return nil, false
	}
	proof, err = io.ReadAll(io.LimitReader(inflater, largestProof+1))
	return proof, err == nil && len(proof) <= largestProof && rest.Len() == 0
}
