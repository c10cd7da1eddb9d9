package main

import (
	"fmt"
	"unicode/utf8"
)

// A reader's token (docs/specs/reader-token.md).

const (
	longestToken   = 600
	clockTolerance = 60
)

func judgeToken(v vector) (string, reading, error) {
	token, err := readCompact(string(v.raw()), "detente-read+jwt")
	if err != nil {
		return "envelope", nil, err
	}
	public, strict := fromBase64URL(v.Public)
	if !strict {
		return "verifier", nil, fmt.Errorf("the vector's key is no base64url")
	}
	if err := token.verify(public); err != nil {
		return "verifier", nil, err
	}
	return "token", reading{}, checkClaims(token.payload, v.Process, v.Now)
}

func checkClaims(claims object, process string, now int64) error {
	exp, expIs := claims["exp"].(int64)
	iat, iatIs := claims["iat"].(int64)
	proc, procIs := claims["proc"].(string)
	known := 3
	if nonce, there := claims["nonce"]; there {
		text, is := nonce.(string)
		if length := utf8.RuneCountInString(text); !is || length < 1 || length > 64 {
			return refusal("token.malformed")
		}
		known++
	}
	if !expIs || !iatIs || !procIs || len(claims) != known {
		return refusal("token.malformed")
	}
	if proc != process {
		return refusal("token.process")
	}
	if now > exp || now < iat-clockTolerance || exp-iat > longestToken {
		return refusal("token.expired")
	}
	return nil
}
