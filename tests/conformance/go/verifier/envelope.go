package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
)

// The bytes of a signed statement (docs/specs/act.md): an act, or a token, which is an act's first part alone.

const largestEntry = 65535

// envelope is a statement whose bytes are in order; its signature is not yet checked.
type envelope struct {
	signingInput string
	kid          string
	payload      object
	signature    []byte
	entry        string // what the log keeps
	disclosures  []string
}

// readAct reads an act: an entry, a tilde, and the disclosures, each with a tilde.
func readAct(raw []byte) (*envelope, error) {
	text := string(raw)
	if !isASCII(text) {
		return nil, refusal("envelope.not_ascii")
	}
	if !strings.HasSuffix(text, "~") {
		return nil, refusal("envelope.no_tilde")
	}
	parts := strings.Split(strings.TrimSuffix(text, "~"), "~")
	for _, disclosure := range parts[1:] {
		if disclosure == "" {
			return nil, refusal("envelope.empty_disclosure")
		}
	}
	if len(parts[0]) > largestEntry {
		return nil, refusal("envelope.entry_size")
	}
	read, err := readCompact(parts[0], "detente-act+sd-jwt")
	if err == nil {
		read.disclosures = parts[1:]
	}
	return read, err
}

// readCompact reads a compact JWS of a type.
func readCompact(text, typ string) (*envelope, error) {
	spelled := strings.Split(text, ".")
	if len(spelled) != 3 {
		return nil, refusal("envelope.parts")
	}
	rawHeader, strict := fromBase64URL(spelled[0])
	if !strict {
		return nil, refusal("base64.not_canonical")
	}
	header, err := readObject(rawHeader)
	if err != nil {
		return nil, err
	}
	if err := checkHeader(header, typ); err != nil {
		return nil, err
	}
	rawPayload, strictPayload := fromBase64URL(spelled[1])
	signature, strictSignature := fromBase64URL(spelled[2])
	if !strictPayload || !strictSignature {
		return nil, refusal("base64.not_canonical")
	}
	if len(signature) != ed25519.SignatureSize {
		return nil, refusal("envelope.signature_length")
	}
	payload, err := readObject(rawPayload)
	if err != nil {
		return nil, err
	}
	return &envelope{
		signingInput: spelled[0] + "." + spelled[1],
		kid:          header["kid"].(string),
		payload:      payload,
		signature:    signature,
		entry:        text,
	}, nil
}

func readObject(raw []byte) (object, error) {
	value, err := readCanonical(string(raw))
	if err != nil {
		return nil, err
	}
	members, is := value.(object)
	if !is {
		return nil, refusal("json.not_object")
	}
	return members, nil
}

var keyInHeader = []string{"jku", "jwk", "x5c", "x5t", "x5t#S256", "x5u"}

var thumbprintForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

func checkHeader(header object, typ string) error {
	if header["alg"] != "Ed25519" {
		return refusal("envelope.alg")
	}
	if _, critical := header["crit"]; critical {
		return refusal("envelope.crit")
	}
	for _, name := range keyInHeader {
		if _, brought := header[name]; brought {
			return refusal("envelope.key_in_header")
		}
	}
	for name := range header {
		if name != "alg" && name != "kid" && name != "typ" {
			return refusal("envelope.header_member")
		}
	}
	if header["typ"] != typ {
		return refusal("envelope.typ")
	}
	kid, is := header["kid"].(string)
	if _, strict := fromBase64URL(kid); !is || !strict || !thumbprintForm.MatchString(kid) {
		return refusal("envelope.kid_malformed")
	}
	return nil
}

// thumbprint names a public key (RFC 7638).
func thumbprint(public []byte) string {
	digest := sha256.Sum256([]byte(fmt.Sprintf(`{"crv":"Ed25519","kty":"OKP","x":"%s"}`, toBase64URL(public))))
	return toBase64URL(digest[:])
}

// verify checks the key and the signature.
func (e *envelope) verify(public []byte) error {
	if err := checkKey(public); err != nil {
		return err
	}
	if thumbprint(public) != e.kid {
		return refusal("envelope.kid")
	}
	if littleEndian(e.signature[32:]).Cmp(groupOrder) >= 0 {
		return refusal("envelope.signature_range")
	}
	if !signatureHolds(public, []byte(e.signingInput), e.signature) {
		return refusal("envelope.signature")
	}
	return nil
}

func judgeAct(v vector) (string, reading, error) {
	act, err := readAct(v.raw())
	if err != nil {
		return "envelope", nil, err
	}
	public, strict := fromBase64URL(v.Public)
	if !strict {
		return "verifier", nil, fmt.Errorf("the vector's key is no base64url")
	}
	if err := act.verify(public); err != nil {
		return "verifier", nil, err
	}
	opened, err := act.open()
	return "disclosure", reading{"opened": opened}, err
}
