package main

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"strconv"
)

// The lines of a closed container (docs/specs/certified-copy.md, "Lines"; docs/specs/proof-of-an-act.md).

const (
	longestLine   = 2200000
	mostNoteLines = 200
)

// container reads lines in their one order. Its kind begins the codes of its faults.
type container struct {
	kind string
	raw  []byte
	at   int
}

func (c *container) fault(code string) error { return refusal(c.kind + "." + code) }

func (c *container) line() ([]byte, error) {
	end := bytes.IndexByte(c.raw[c.at:], '\n')
	if end < 0 || end+1 > longestLine {
		return nil, c.fault("truncated")
	}
	line := c.raw[c.at : c.at+end]
	c.at += end + 1
	return line, nil
}

// word reads a line that must begin with one of the words.
func (c *container) word(words ...string) (word string, rest []byte, err error) {
	line, err := c.line()
	if err != nil {
		return "", nil, err
	}
	first, rest, _ := bytes.Cut(line, []byte(" "))
	if !contains(words, string(first)) {
		return "", nil, c.fault("line")
	}
	return string(first), rest, nil
}

// text reads a line of printable ASCII.
func (c *container) text(word string) (string, error) {
	_, rest, err := c.word(word)
	if err != nil {
		return "", err
	}
	return c.printable(rest)
}

func (c *container) printable(rest []byte) (string, error) {
	for _, octet := range rest {
		if octet < 0x20 || octet > 0x7e {
			return "", c.fault("line")
		}
	}
	return string(rest), nil
}

var countForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,14})$`)

func (c *container) number(text string) (int64, error) {
	if !countForm.MatchString(text) {
		return 0, c.fault("number")
	}
	return strconv.ParseInt(text, 10, 64)
}

func (c *container) numbered(word string) (int64, error) {
	text, err := c.text(word)
	if err != nil {
		return 0, err
	}
	return c.number(text)
}

// note reads the lines of a note, which may hold anything but must end.
func (c *container) note(lines int64) ([]byte, error) {
	if lines > mostNoteLines {
		return nil, c.fault("number")
	}
	start := c.at
	for ; lines > 0; lines-- {
		if _, err := c.line(); err != nil {
			return nil, err
		}
	}
	return c.raw[start:c.at], nil
}

// path reads an inclusion proof.
func (c *container) path() ([][]byte, error) {
	count, err := c.numbered("path")
	if err != nil {
		return nil, err
	}
	return c.hashes(count, longestPath)
}

// hashes reads so many lines, a hash each.
func (c *container) hashes(count, most int64) (hashes [][]byte, err error) {
	if count > most {
		return nil, c.fault("number")
	}
	for ; count > 0; count-- {
		line, err := c.line()
		if err != nil {
			return nil, err
		}
		hash, err := c.hash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func (c *container) hash(spelled []byte) ([]byte, error) {
	text, err := c.printable(spelled)
	if err != nil {
		return nil, err
	}
	hash, strict := fromBase64(text)
	if !strict || len(hash) != sha256.Size {
		return nil, c.fault("hash")
	}
	return hash, nil
}

func (c *container) atEnd() bool { return c.at == len(c.raw) }
