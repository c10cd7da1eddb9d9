package main

import (
	"crypto/sha256"
	"regexp"
	"sort"
)

// The hidden fields of an act (docs/specs/act.md, "Hidden fields").

// envelopeMembers are no names for a hidden field, also where an act lacks them.
var envelopeMembers = []string{"v", "proc", "act", "iat", "seq", "prev", "seen", "on", "aud", "_sd"}

var reservedNames = []string{"_sd", "...", "_sd_alg"}

const saltBytes = 16

func contains(list []string, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}

// digests are those of the act's `_sd`.
func (e *envelope) digests() ([]string, error) {
	list, is := e.payload["_sd"].([]any)
	if !is {
		return nil, refusal("act.malformed")
	}
	digests := make([]string, len(list))
	for i, item := range list {
		text, _ := item.(string)
		if raw, strict := fromBase64URL(text); !strict || len(raw) != sha256.Size {
			return nil, refusal("disclosure.digest")
		}
		digests[i] = text
	}
	seen := map[string]bool{}
	for _, digest := range digests {
		if seen[digest] {
			return nil, refusal("disclosure.digest_twice")
		}
		seen[digest] = true
	}
	if !sort.StringsAreSorted(digests) {
		return nil, refusal("disclosure.not_sorted")
	}
	return digests, nil
}

// fieldName is how fields of acts are named.
var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// readDisclosure reads a disclosure by itself.
func readDisclosure(text string) (name string, value any, err error) {
	raw, strict := fromBase64URL(text)
	if !strict {
		return "", nil, refusal("disclosure.malformed")
	}
	read, err := readCanonical(string(raw))
	array, is := read.([]any)
	if err != nil || !is || len(array) != 3 {
		return "", nil, refusal("disclosure.malformed")
	}
	salt, saltIsText := array[0].(string)
	name, nameIsText := array[1].(string)
	if !saltIsText || !nameIsText || !contains(reservedNames, name) && !fieldName.MatchString(name) {
		return "", nil, refusal("disclosure.malformed")
	}
	if raw, strict := fromBase64URL(salt); !strict || len(raw) < saltBytes {
		return "", nil, refusal("disclosure.salt")
	}
	if contains(reservedNames, name) {
		return "", nil, refusal("disclosure.reserved_name")
	}
	if nested(array[2]) {
		return "", nil, refusal("disclosure.nested")
	}
	return name, array[2], nil
}

// nested finds a reserved name as a key, however deep it stands.
func nested(value any) bool {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			if nested(item) {
				return true
			}
		}
	case object:
		for name, item := range v {
			if contains(reservedNames, name) || nested(item) {
				return true
			}
		}
	}
	return false
}

// open finds the name and value of each disclosure, all of which must open a digest. clear: names of fields that are not
// hidden, beside those that the act has.
func (e *envelope) open(clear ...string) (object, error) {
	digests, err := e.digests()
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, disclosure := range e.disclosures {
		if there[disclosure] {
			return nil, refusal("disclosure.duplicate")
		}
		there[disclosure] = true
	}
	opened := object{}
	for _, disclosure := range e.disclosures {
		name, value, err := readDisclosure(disclosure)
		if err != nil {
			return nil, err
		}
		digest := sha256.Sum256([]byte(disclosure))
		if !contains(digests, toBase64URL(digest[:])) {
			return nil, refusal("disclosure.unreferenced")
		}
		if _, has := e.payload[name]; has || contains(envelopeMembers, name) || contains(clear, name) {
			return nil, refusal("disclosure.overrides")
		}
		if _, twice := opened[name]; twice {
			return nil, refusal("disclosure.name_twice")
		}
		opened[name] = value
	}
	return opened, nil
}
