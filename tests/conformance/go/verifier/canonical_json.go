package main

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Canonical JSON (RFC 8785) as docs/specs/act.md narrows it: keys are ASCII, numbers integers of at most 53 bits.
// Go's own decoder is not used: it takes the last of two members, and replaces what is no UTF-8.

// object is a JSON object. A value is nil, bool, int64, string, []any or object.
type object map[string]any

const (
	deepest        = 64
	largestInteger = 1<<53 - 1
)

var number = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`)

// jsonReader reads one value. What is no JSON stops it; a fault of a well-formed text is noted, so that the same one
// is named wherever it stands.
type jsonReader struct {
	rest           string
	depth          int
	outsideProfile bool
	duplicate      bool
}

func readCanonical(text string) (any, error) {
	if !utf8.ValidString(text) {
		return nil, refusal("json.malformed")
	}
	r := jsonReader{rest: text}
	value, err := r.value()
	if err != nil {
		return nil, err
	}
	r.space()
	switch {
	case r.rest != "":
		return nil, refusal("json.malformed")
	case r.outsideProfile:
		return nil, refusal("json.outside_profile")
	case r.duplicate:
		return nil, refusal("json.duplicate_key")
	case canonical(value) != text:
		return nil, refusal("json.not_canonical")
	}
	return value, nil
}

func (r *jsonReader) space() { r.rest = strings.TrimLeft(r.rest, " \t\r\n") }

// take passes over a text, if it stands here.
func (r *jsonReader) take(text string) bool {
	stands := strings.HasPrefix(r.rest, text)
	if stands {
		r.rest = r.rest[len(text):]
	}
	return stands
}

func (r *jsonReader) value() (value any, err error) {
	r.space()
	switch {
	case r.take("null"):
		return nil, nil
	case r.take("true"):
		return true, nil
	case r.take("false"):
		return false, nil
	case r.take(`"`):
		return r.text()
	case r.take("["):
		return r.array()
	case r.take("{"):
		return r.object()
	}
	return r.number()
}

// items reads what stands between commas, up to the bracket that ends it.
func (r *jsonReader) items(end string, item func() error) error {
	if r.depth++; r.depth > deepest {
		return refusal("json.too_deep")
	}
	defer func() { r.depth-- }()
	if r.space(); r.take(end) {
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		r.space()
		if r.take(end) {
			return nil
		}
		if !r.take(",") {
			return refusal("json.malformed")
		}
	}
}

func (r *jsonReader) array() (any, error) {
	list := []any{}
	err := r.items("]", func() error {
		value, err := r.value()
		list = append(list, value)
		return err
	})
	return list, err
}

func (r *jsonReader) object() (any, error) {
	members := object{}
	err := r.items("}", func() error {
		if r.space(); !r.take(`"`) {
			return refusal("json.malformed")
		}
		name, err := r.text()
		if err != nil {
			return err
		}
		if r.space(); !r.take(":") {
			return refusal("json.malformed")
		}
		value, err := r.value()
		if _, twice := members[name]; twice {
			r.duplicate = true
		}
		if !isASCII(name) {
			r.outsideProfile = true
		}
		members[name] = value
		return err
	})
	return members, err
}

func (r *jsonReader) number() (any, error) {
	parts := number.FindStringSubmatch(r.rest)
	if parts == nil {
		return nil, refusal("json.malformed")
	}
	r.rest = r.rest[len(parts[0]):]
	integer, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || integer > largestInteger || integer < -largestInteger {
		r.outsideProfile = true
	}
	return integer, nil
}

var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// text reads a string after its first quotation mark.
func (r *jsonReader) text() (string, error) {
	var read strings.Builder
	for {
		character, width := utf8.DecodeRuneInString(r.rest)
		if width == 0 || character < 0x20 {
			return "", refusal("json.malformed")
		}
		r.rest = r.rest[width:]
		switch character {
		case '"':
			return read.String(), nil
		case '\\':
			escaped, err := r.escape()
			if err != nil {
				return "", err
			}
			read.WriteRune(escaped)
		default:
			read.WriteRune(character)
		}
	}
}

// escape reads what follows a backslash. Half of a surrogate pair is no character.
func (r *jsonReader) escape() (rune, error) {
	if r.take("u") {
		first, err := r.fourDigits()
		if err != nil || !utf16.IsSurrogate(first) {
			return first, err
		}
		if !r.take(`\u`) {
			return 0, refusal("json.malformed")
		}
		second, err := r.fourDigits()
		pair := utf16.DecodeRune(first, second)
		if err == nil && pair == utf8.RuneError {
			err = refusal("json.malformed")
		}
		return pair, err
	}
	if r.rest == "" {
		return 0, refusal("json.malformed")
	}
	character, known := escapes[r.rest[0]]
	if !known {
		return 0, refusal("json.malformed")
	}
	r.rest = r.rest[1:]
	return character, nil
}

func (r *jsonReader) fourDigits() (rune, error) {
	if len(r.rest) < 4 {
		return 0, refusal("json.malformed")
	}
	unit, err := strconv.ParseUint(r.rest[:4], 16, 16)
	if err != nil {
		return 0, refusal("json.malformed")
	}
	r.rest = r.rest[4:]
	return rune(unit), nil
}
