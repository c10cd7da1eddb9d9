package main

import (
	"encoding/base64"
	"strings"
)

// Base64 has one spelling here: Strict refuses a tail that is not zero, but the decoder passes over line ends.

func decodeStrictly(encoding *base64.Encoding, text string) ([]byte, bool) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, false
	}
	raw, err := encoding.Strict().DecodeString(text)
	return raw, err == nil
}

// fromBase64URL reads base64url without padding (RFC 4648 sec. 5), as in acts.
func fromBase64URL(text string) ([]byte, bool) { return decodeStrictly(base64.RawURLEncoding, text) }

// fromBase64 reads base64 with padding (RFC 4648 sec. 4), as in notes.
func fromBase64(text string) ([]byte, bool) { return decodeStrictly(base64.StdEncoding, text) }

func toBase64URL(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }
func toBase64(raw []byte) string    { return base64.StdEncoding.EncodeToString(raw) }
