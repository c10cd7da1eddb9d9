package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
)

// vector is the input of a vector file, of whichever kind (vectors/README.md). Whether it is `accepted`, and
// with what code it is refused, stands in `expect`, which is not read here.
type vector struct {
	Raw         *latin1    `json:"raw"`
	Answer      *latin1    `json:"answer"`
	Unchained   *latin1    `json:"unchained"`
	Before      *latin1    `json:"bundle_before"`
	Public      string     `json:"public"`
	Keys        []string   `json:"keys"`
	Log         string     `json:"log"`
	Cosigners   []string   `json:"cosigners"`
	Signed      []string   `json:"signed"`
	Leaf        hexBytes   `json:"leaf"`
	Old         head       `json:"old"`
	New         head       `json:"new"`
	Proof       []hexBytes `json:"proof"`
	Path        *string    `json:"path"`
	Hashes      *hexBytes  `json:"hashes"`
	Bundle      *hexBytes  `json:"bundle"`
	Process     string     `json:"process"`
	Certificate string     `json:"certificate"`
	Now         int64      `json:"now"`
	Identity    *string    `json:"identity"`
	Recipient   *string    `json:"recipient"`
}

// readVector reads a vector file, or a copy as it stands.
func readVector(path string, content []byte) (v vector, err error) {
	if filepath.Ext(path) == ".copy" {
		raw := latin1(content)
		return vector{Raw: &raw}, nil
	}
	return v, json.Unmarshal(content, &v)
}

func (v vector) raw() []byte {
	if v.Raw == nil {
		return nil
	}
	return *v.Raw
}

// publicHex is a public key in hex, as in `sealing/`; elsewhere `public` is base64url.
func (v vector) publicHex() ([]byte, error) { return hex.DecodeString(v.Public) }

func toLatin1(raw []byte) string {
	text := make([]rune, len(raw))
	for i, octet := range raw {
		text[i] = rune(octet)
	}
	return string(text)
}

// latin1 is bytes that stand in the file as Latin-1 text, one character a byte.
type latin1 []byte

func (l *latin1) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	*l = latin1{}
	for _, character := range text {
		if character > 0xff {
			return fmt.Errorf("no Latin-1: %q", character)
		}
		*l = append(*l, byte(character))
	}
	return nil
}

type hexBytes []byte

func (h *hexBytes) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	decoded, err := hex.DecodeString(text)
	*h = decoded
	return err
}

// head is a size and a root.
type head struct {
	Size int64
	Root hexBytes
}

func (h *head) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(raw, &[]any{&h.Size, &h.Root})
}
