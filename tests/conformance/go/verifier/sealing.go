package main

import (
	"regexp"
	"strings"

	"golang.org/x/crypto/curve25519"
)

// Keys to seal to, and keys that open (docs/specs/sealed-file.md).

const (
	recipientPrefix = "age"
	identityPrefix  = "age-secret-key-"
)

// checkRecipient refuses a second spelling, and points with which everybody derives the same: any scalar shows them, since
// each is a multiple of 8 once X25519 has clamped it.
func checkRecipient(public []byte) error {
	if len(public) != curve25519.PointSize || littleEndian(public).Cmp(fieldPrime) >= 0 {
		return refusal("sealing.recipient")
	}
	if _, err := curve25519.X25519(make([]byte, curve25519.ScalarSize), public); err != nil {
		return refusal("sealing.recipient")
	}
	return nil
}

func readRecipient(text string) ([]byte, error) {
	signs, is := cutPrefix(text, recipientPrefix+"1")
	public, whole := fromBech32(recipientPrefix, signs)
	if !is || !whole {
		return nil, refusal("sealing.recipient")
	}
	return public, checkRecipient(public)
}

func cutPrefix(text, prefix string) (string, bool) {
	return strings.TrimPrefix(text, prefix), strings.HasPrefix(text, prefix)
}

var notTyped = regexp.MustCompile(`[^A-Za-z0-9]`)

// readIdentity reads a key that opens, as somebody typed it from paper.
func readIdentity(typed string) ([]byte, error) {
	text := strings.ToUpper(notTyped.ReplaceAllString(typed, ""))
	before, signs, _ := strings.Cut(text, "1")
	signs = strings.NewReplacer("B", "8", "I", "L", "O", "0", "1", "L").Replace(signs)
	secret, whole := fromBech32(identityPrefix, strings.ToLower(signs))
	if before != "AGESECRETKEY" || !whole || len(secret) != curve25519.ScalarSize {
		return nil, refusal("sealing.identity")
	}
	return secret, nil
}

func judgeSealing(v vector) (string, reading, error) {
	if v.Raw == nil {
		public, err := v.publicHex()
		if v.Recipient != nil {
			public, err = readRecipient(*v.Recipient)
		} else if err == nil {
			err = checkRecipient(public)
		}
		return "recipient", reading{"recipient": toBech32(recipientPrefix, public)}, err
	}
	secret, err := readIdentity(*v.Identity)
	if err != nil {
		return "identity", nil, err
	}
	content, err := unseal(v.raw(), secret)
	return "file", reading{"plaintext": toLatin1(content)}, err
}
