package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"regexp"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/crypto/curve25519"
	"golang.org/x/crypto/hkdf"
)

// Files of the age format, version 1 (docs/specs/sealed-file.md; C2SP age), with stanzas of X25519.

const (
	ageVersion    = "age-encryption.org/v1"
	largestHeader = 32768
	bodyColumns   = 64
	fileKeySize   = 16
	nonceSize     = 16
	chunkSize     = 65536
)

// stanza is the file's key, wrapped to one reader. Its arguments begin with its kind; body is the text of it decoded.
type stanza struct {
	arguments []string
	text      string
	body      []byte
}

type ageHeader struct {
	stanzas []stanza
	covered []byte // by the MAC
	macText string
	mac     []byte
}

// decode reads the base64 of the header, which may have a tail that is not zero.
func (h *ageHeader) decode() bool {
	var all, strict bool
	h.mac, all = fromBareBase64(h.macText)
	for i := range h.stanzas {
		h.stanzas[i].body, strict = fromBareBase64(h.stanzas[i].text)
		all = all && strict
	}
	return all
}

var (
	argumentsForm = regexp.MustCompile(`^[!-~]+( [!-~]+)*$`)
	bodyLineForm  = regexp.MustCompile(`^[A-Za-z0-9+/]{0,64}$`)
	macForm       = regexp.MustCompile(`^[A-Za-z0-9+/]{43}$`)
)

// fromBareBase64 is standard base64 without padding.
func fromBareBase64(text string) ([]byte, bool) { return decodeStrictly(base64.RawStdEncoding, text) }

// readAgeHeader finds the header in the first bytes of a file, and what follows it.
func readAgeHeader(raw []byte) (*ageHeader, []byte, error) {
	malformed := refusal("sealing.malformed")
	head := raw
	if len(head) > largestHeader {
		head = head[:largestHeader]
	}
	at := 0
	next := func() (string, bool) {
		end := bytes.IndexByte(head[at:], '\n')
		if end < 0 {
			return "", false
		}
		line := string(head[at : at+end])
		at += end + 1
		return line, true
	}
	read := &ageHeader{}
	if version, ended := next(); !ended || version != ageVersion {
		return nil, nil, malformed
	}
	for {
		start := at
		line, ended := next()
		if mac, is := cutPrefix(line, "--- "); ended && is {
			if !macForm.MatchString(mac) || len(read.stanzas) == 0 {
				return nil, nil, malformed
			}
			read.macText, read.covered = mac, head[:start+len("---")]
			return read, raw[at:], nil
		}
		arguments, is := cutPrefix(line, "-> ")
		if !ended || !is || !argumentsForm.MatchString(arguments) {
			return nil, nil, malformed
		}
		found := stanza{arguments: strings.Split(arguments, " ")}
		// A body ends in a line that is not full, if need be in an empty one.
		for full := true; full; {
			line, ended := next()
			if !ended || !bodyLineForm.MatchString(line) {
				return nil, nil, malformed
			}
			found.text += line
			full = len(line) == bodyColumns
		}
		if found.arguments[0] == "scrypt" {
			return nil, nil, malformed
		}
		read.stanzas = append(read.stanzas, found)
	}
}

func derive(secret, salt []byte, info string) []byte {
	key := make([]byte, 32)
	if _, err := io.ReadFull(hkdf.New(sha256.New, secret, salt, []byte(info)), key); err != nil {
		panic(err) // a hash yields 32 bytes
	}
	return key
}

func decrypt(key, nonce, sealed []byte) ([]byte, bool) {
	cipher, err := chacha20poly1305.New(key)
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	opened, err := cipher.Open(nil, nonce, sealed, nil)
	return opened, err == nil
}

// fileKey tries the stanzas in their order, up to the one wrapped to the key whose secret half this is.
func (h *ageHeader) fileKey(secret []byte) ([]byte, error) {
	damaged := refusal("sealing.damaged")
	public, err := curve25519.X25519(secret, curve25519.Basepoint)
	if err != nil {
		return nil, refusal("sealing.identity")
	}
	for _, stanza := range h.stanzas {
		if stanza.arguments[0] != "X25519" {
			continue
		}
		if len(stanza.arguments) != 2 || len(stanza.body) != fileKeySize+chacha20poly1305.Overhead {
			return nil, damaged
		}
		share, strict := fromBareBase64(stanza.arguments[1])
		if !strict || len(share) != curve25519.PointSize {
			return nil, damaged
		}
		shared, err := curve25519.X25519(secret, share)
		if err != nil { // of small order
			return nil, damaged
		}
		wrapping := derive(shared, append(append([]byte{}, share...), public...), ageVersion+"/X25519")
		if key, opens := decrypt(wrapping, make([]byte, chacha20poly1305.NonceSize), stanza.body); opens {
			return key, nil
		}
	}
	return nil, refusal("sealing.not_for_you")
}

// unseal gives the content of a file, all of it or nothing.
func unseal(raw, secret []byte) ([]byte, error) {
	damaged := refusal("sealing.damaged")
	header, rest, err := readAgeHeader(raw)
	if err != nil {
		return nil, err
	}
	if !header.decode() || len(rest) < nonceSize {
		return nil, damaged
	}
	key, err := header.fileKey(secret)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, derive(key, nil, "header"))
	mac.Write(header.covered)
	if !hmac.Equal(mac.Sum(nil), header.mac) {
		return nil, damaged
	}
	payloadKey, chunks := derive(key, rest[:nonceSize], "payload"), rest[nonceSize:]
	content := []byte{}
	for counter, isLast := uint64(0), false; !isLast; counter++ {
		size := chunkSize + chacha20poly1305.Overhead
		if isLast = len(chunks) <= size; isLast {
			size = len(chunks)
		}
		chunk, opens := decrypt(payloadKey, chunkNonce(counter, isLast), chunks[:size])
		if !opens || isLast && counter > 0 && len(chunk) == 0 {
			return nil, damaged
		}
		content, chunks = append(content, chunk...), chunks[size:]
	}
	return content, nil
}

// chunkNonce is the chunk's number in 11 bytes, and whether it is the last.
func chunkNonce(counter uint64, isLast bool) []byte {
	nonce := make([]byte, chacha20poly1305.NonceSize)
	binary.BigEndian.PutUint64(nonce[3:11], counter)
	if isLast {
		nonce[11] = 1
	}
	return nonce
}
