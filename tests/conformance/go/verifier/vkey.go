package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Verifier keys (docs/specs/checkpoint.md, "Keys").

const (
	plainEd25519    = 0x01
	cosignerEd25519 = 0x04
	cosignerMLDSA44 = 0x06
)

// vkey is a key under a name. It signs lines that bear the name and the id.
type vkey struct {
	name      string
	id        [4]byte
	algorithm byte
	public    []byte
}

var publicKeyLengths = map[byte]int{
	plainEd25519:    ed25519.PublicKeySize,
	cosignerEd25519: ed25519.PublicKeySize,
	cosignerMLDSA44: mldsaPublicKeySize,
}

func isKeyName(name string) bool {
	return name != "" && utf8.ValidString(name) && strings.IndexFunc(name, func(r rune) bool {
		return r == '+' || r < 0x20 || unicode.IsSpace(r)
	}) < 0
}

func readVkey(text string) (vkey, error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return vkey{}, refusal("vkey.malformed")
	}
	raw, strict := fromBase64(parts[2])
	if !strict || len(raw) == 0 {
		return vkey{}, refusal("vkey.malformed")
	}
	if !isKeyName(parts[0]) {
		return vkey{}, refusal("vkey.name")
	}
	key := vkey{name: parts[0], id: keyID(parts[0], raw), algorithm: raw[0], public: raw[1:]}
	length, known := publicKeyLengths[key.algorithm]
	if !known {
		return vkey{}, refusal("vkey.algorithm")
	}
	if len(key.public) != length {
		return vkey{}, refusal("vkey.length")
	}
	if hex.EncodeToString(key.id[:]) != parts[1] {
		return vkey{}, refusal("vkey.malformed")
	}
	return key, nil
}

func keyID(name string, algorithmAndKey []byte) (id [4]byte) {
	digest := sha256.Sum256(append([]byte(name+"\n"), algorithmAndKey...))
	copy(id[:], digest[:])
	return id
}

// readVkeys reads keys for a use, which admits some algorithms.
func readVkeys(texts []string, algorithms ...byte) ([]vkey, error) {
	keys := make([]vkey, len(texts))
	for i, text := range texts {
		key, err := readVkey(text)
		if err != nil {
			return nil, err
		}
		if bytes.IndexByte(algorithms, key.algorithm) < 0 {
			return nil, refusal("vkey.algorithm")
		}
		if key.algorithm != cosignerMLDSA44 {
			if err := checkKey(key.public); err != nil {
				return nil, err
			}
		}
		keys[i] = key
	}
	return keys, nil
}
