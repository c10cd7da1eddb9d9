package main

import (
	"crypto/sha256"
	"strings"
)

// The pouch, and the answer to one (docs/specs/pouch.md).

const (
	pouchVersion  = "detente pouch v1"
	answerVersion = "detente pouch answer v1"
	mostOfAPouch  = 10000
)

type pouch struct {
	lines   container
	process string
	count   int64
}

func (p *pouch) heading(version, counted string) error {
	line, err := p.lines.line()
	if err != nil {
		return err
	}
	if string(line) != version {
		return p.lines.fault("version")
	}
	if p.process, err = p.lines.text("process"); err != nil {
		return err
	}
	if p.count, err = p.lines.numbered(counted); err != nil {
		return err
	}
	if p.count < 1 || p.count > mostOfAPouch {
		return p.lines.fault("number")
	}
	return nil
}

// end: the digest is of every byte above it, and nothing follows.
func (p *pouch) end() error {
	found := sha256.Sum256(p.lines.raw[:p.lines.at])
	digest, err := p.lines.text("digest")
	if err != nil {
		return err
	}
	if digest != toBase64URL(found[:]) {
		return p.lines.fault("digest")
	}
	if !p.lines.atEnd() {
		return p.lines.fault("end")
	}
	return nil
}

// once: no leaf stands twice.
func (p *pouch) once(leaves []string) error {
	seen := map[string]bool{}
	for _, leaf := range leaves {
		if seen[leaf] {
			return p.lines.fault("twice")
		}
		seen[leaf] = true
	}
	return nil
}

func readPouch(raw []byte) (reading, error) {
	p := &pouch{lines: container{kind: "pouch", raw: raw}}
	if err := p.heading(pouchVersion, "acts"); err != nil {
		return nil, err
	}
	var acts [][]byte
	for ; p.count > 0; p.count-- {
		_, act, err := p.lines.word("act")
		if err != nil {
			return nil, err
		}
		acts = append(acts, act)
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	var leaves []string
	for _, raw := range acts {
		act, err := readAct(raw)
		if err != nil {
			return nil, err
		}
		log, is := act.payload["proc"].(string)
		if !is || log != p.process && !strings.HasPrefix(log, p.process+"/") {
			return nil, p.lines.fault("process")
		}
		leaves = append(leaves, toBase64URL(leafHash([]byte(act.entry))))
	}
	return reading{"process": p.process, "leaves": leaves}, p.once(leaves)
}

// answer reads one: the leaf, and the codes of its refusals, of which a receipt has none.
func (p *pouch) answer() (leaf string, codes []string, err error) {
	word, rest, err := p.lines.word("receipt", "refused")
	if err != nil {
		return "", nil, err
	}
	text, err := p.lines.printable(rest)
	if err != nil {
		return "", nil, err
	}
	leaf, spelled, _ := strings.Cut(text, " ")
	if hash, strict := fromBase64URL(leaf); !strict || len(hash) != sha256.Size {
		return "", nil, p.lines.fault("leaf")
	}
	count, err := p.lines.number(spelled)
	if err != nil {
		return "", nil, err
	}
	if count < 1 {
		return "", nil, p.lines.fault("number")
	}
	said, err := p.lines.note(count)
	codes = []string{}
	if err != nil || word == "receipt" {
		return leaf, codes, err
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(said), "\n"), "\n") {
		code, is := refusalCode(line)
		if !is {
			return "", nil, p.lines.fault("refusal")
		}
		codes = append(codes, code)
	}
	return leaf, codes, nil
}

// refusalCode is the code of a refusal that stands in a line.
func refusalCode(line string) (code string, is bool) {
	value, err := readCanonical(line)
	said, isObject := value.(object)
	if err != nil || !isObject || len(said) != 4 {
		return "", false
	}
	for _, name := range []string{"clause", "code", "instead", "sentence"} {
		if _, isText := said[name].(string); !isText {
			return "", false
		}
	}
	return said["code"].(string), true
}

func readAnswer(raw []byte) (reading, error) {
	p := &pouch{lines: container{kind: "pouch", raw: raw}}
	if err := p.heading(answerVersion, "answers"); err != nil {
		return nil, err
	}
	leaves, answers := []string{}, [][2]any{}
	for ; p.count > 0; p.count-- {
		leaf, codes, err := p.answer()
		if err != nil {
			return nil, err
		}
		leaves, answers = append(leaves, leaf), append(answers, [2]any{leaf, codes})
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	return reading{"process": p.process, "answers": answers}, p.once(leaves)
}

func judgePouch(v vector) (string, reading, error) {
	if v.Answer != nil {
		read, err := readAnswer(*v.Answer)
		return "answer", read, err
	}
	read, err := readPouch(v.raw())
	return "pouch", read, err
}
