package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// Evidence against a log, and two checkpoints not shown to chain (docs/specs/evidence-against-a-log.md).

const (
	evidenceVersion  = "detente evidence against a log v1"
	unchainedVersion = "detente unchained checkpoints v1"
	mostOfEvidence   = 64 // hashes of a testimony
)

// identityForms has what the process id is derived from.
var identityForms = map[string]*regexp.Regexp{
	"convenor": keyForm, "label": regexp.MustCompile(`^(?s:.{0,40})$`),
	"log": keyForm, "nonce": regexp.MustCompile(`^(?s:.{0,64})$`),
}

type evidence struct {
	lines       container
	origin      string
	identity    object
	subject     string
	number      int64
	testimonies []testimony
}

// testimony is one thing that the log has signed. number and entry: of the act that cites what its author had seen.
type testimony struct {
	way    string
	path   [][]byte
	leaf   []byte
	number int64
	entry  string
	note   []byte
	size   int64 // that the note states
}

func (e *evidence) read() (err error) {
	version, err := e.lines.line()
	if err != nil {
		return err
	}
	if string(version) != evidenceVersion {
		return e.lines.fault("version")
	}
	if e.origin, err = e.lines.text("log"); err != nil {
		return err
	}
	if err := e.readIdentity(); err != nil {
		return err
	}
	about, err := e.lines.text("about")
	if err != nil {
		return err
	}
	subject, number, _ := strings.Cut(about, " ")
	ways := map[string][]string{"first": {"root", "seen"}, "act": {"leaf"}}[subject]
	if ways == nil {
		return e.lines.fault("line")
	}
	e.subject = subject
	if e.number, err = e.lines.number(number); err != nil {
		return err
	}
	for range []string{"one", "the other"} {
		if err := e.testimony(ways); err != nil {
			return err
		}
	}
	if !e.lines.atEnd() {
		return e.lines.fault("end")
	}
	return nil
}

func (e *evidence) readIdentity() error {
	text, err := e.lines.text("fixed")
	if err != nil {
		return err
	}
	value, err := readCanonical(strings.TrimPrefix(text, "by "))
	stated, is := value.(object)
	if err != nil || !is || len(stated) != len(identityForms) || !strings.HasPrefix(text, "by ") {
		return e.lines.fault("line")
	}
	for name, form := range identityForms {
		if said, is := stated[name].(string); !is || !form.MatchString(said) {
			return e.lines.fault("line")
		}
	}
	e.identity = stated
	return nil
}

func (e *evidence) testimony(ways []string) error {
	way, rest, err := e.lines.word(ways...)
	if err != nil {
		return err
	}
	spelled, rest, more := bytes.Cut(rest, []byte(" "))
	count, err := e.counted(spelled)
	if err != nil {
		return err
	}
	told := testimony{way: way}
	switch way {
	case "root":
		if more {
			err = e.lines.fault("line")
		}
	case "leaf":
		told.leaf, err = e.lines.hash(rest)
	case "seen":
		number, act, _ := bytes.Cut(rest, []byte(" "))
		told.entry = string(act)
		told.number, err = e.counted(number)
	}
	if err != nil {
		return err
	}
	if told.path, err = e.lines.hashes(count, mostOfEvidence); err != nil {
		return err
	}
	lines, err := e.lines.numbered("checkpoint")
	if err != nil {
		return err
	}
	told.note, err = e.lines.note(lines)
	e.testimonies = append(e.testimonies, told)
	return err
}

func (e *evidence) counted(spelled []byte) (int64, error) {
	text, err := e.lines.printable(spelled)
	if err != nil {
		return 0, err
	}
	return e.lines.number(text)
}

// check: the key is the log's, and the two do not say the same.
func (e *evidence) check() error {
	if process := processID(e.identity); e.origin != process && !strings.HasPrefix(e.origin, process+"/") {
		return refusal("evidence.log")
	}
	public, strict := fromBase64URL(textOf(e.identity["log"]))
	if !strict {
		return refusal("base64.not_canonical")
	}
	if !isKeyName(e.origin) {
		return refusal("vkey.name")
	}
	if err := checkKey(public); err != nil {
		return err
	}
	log := (&registry{logKey: public}).log(e.origin)
	var said [][]byte
	for i := range e.testimonies {
		root, err := e.testimonies[i].says(e, log)
		if err != nil {
			return err
		}
		said = append(said, root)
	}
	if bytes.Equal(said[0], said[1]) {
		return refusal("evidence.chains")
	}
	return nil
}

// signedAlone opens a note that carries the log's line and no other.
func signedAlone(raw []byte, log vkey, kind string) (*checkpoint, error) {
	signed, err := readNote(raw)
	if err != nil {
		return nil, err
	}
	own := 0
	for _, line := range signed.signatures {
		if find([]vkey{log}, line) != nil {
			own++
		}
	}
	if 0 < own && own < len(signed.signatures) {
		return nil, refusal(kind + ".signature")
	}
	head, _, err := openCheckpoint(raw, log, nil)
	return head, err
}

// says is what a testimony says of the first acts, or of one.
func (t *testimony) says(e *evidence, log vkey) ([]byte, error) {
	head, err := signedAlone(t.note, log, "evidence")
	if err != nil {
		return nil, err
	}
	t.size = head.size
	switch t.way {
	case "root":
		return prefixRoot(e.number, head.size, t.path, head.root)
	case "leaf":
		return t.leaf, placedAt(e.number, head, t.leaf, t.path)
	}
	act, err := readCompact(t.entry, "detente-act+sd-jwt")
	if err != nil {
		return nil, err
	}
	seen, _ := act.payload["seen"].([]any)
	process, isText := act.payload["proc"].(string)
	if act.payload["v"] != int64(1) || !isText || process != head.origin || strings.Count(process, "/") != 1 || len(seen) != 2 {
		return nil, refusal("evidence.seen")
	}
	root, isText := seen[1].(string)
	if seen[0] != e.number || !isText {
		return nil, refusal("evidence.seen")
	}
	if err := placedAt(t.number, head, leafHash([]byte(t.entry)), t.path); err != nil {
		return nil, err
	}
	cited, strict := fromBase64URL(root)
	if !strict {
		return nil, refusal("base64.not_canonical")
	}
	return cited, nil
}

// placedAt: the leaf is of the act of this number, from 1.
func placedAt(number int64, head *checkpoint, leaf []byte, path [][]byte) error {
	if number < 1 {
		return refusal("proof.index")
	}
	return checkInclusion(number-1, head.size, head.root, leaf, path)
}

// proved is the sentence of the page.
func (e *evidence) proved() string {
	one, other := e.testimonies[0], e.testimonies[1]
	if e.subject == "act" {
		return fmt.Sprintf("The key of this log has signed that act %d is one act, and that it is another. One of the two was "+
			"left out or replaced after it stood in the record.", e.number)
	}
	for _, told := range e.testimonies {
		if told.way == "seen" {
			return fmt.Sprintf("This log holds act %d, whose author had seen another record of its first %d acts than the one "+
				"that its key has signed. Somebody was shown another history.", told.number, e.number)
		}
	}
	if one.size == e.number && other.size == e.number {
		return fmt.Sprintf("The key of this log has signed two different records of %d acts.", e.number)
	}
	return fmt.Sprintf("The key of this log has signed a record of %d acts and one of %d, and their first %d acts are not the "+
		"same. There are two histories.", one.size, other.size, e.number)
}

// readUnchained reads two checkpoints that were not shown to chain.
func readUnchained(raw []byte) (reading, error) {
	lines := container{kind: "unchained", raw: raw}
	version, err := lines.line()
	if err != nil {
		return nil, err
	}
	if string(version) != unchainedVersion {
		return nil, lines.fault("version")
	}
	text, err := lines.text("key")
	if err != nil {
		return nil, err
	}
	keys, err := readVkeys([]string{text}, plainEd25519)
	if err != nil {
		return nil, err
	}
	var notes [][]byte
	for len(notes) < 2 {
		count, err := lines.numbered("checkpoint")
		if err != nil {
			return nil, err
		}
		note, err := lines.note(count)
		if err != nil {
			return nil, err
		}
		notes = append(notes, note)
	}
	if !lines.atEnd() {
		return nil, lines.fault("end")
	}
	first, err := signedAlone(notes[0], keys[0], "unchained")
	if err != nil {
		return nil, err
	}
	second, err := signedAlone(notes[1], keys[0], "unchained")
	if err != nil {
		return nil, err
	}
	proved := fmt.Sprintf("Nothing against the log. This key has signed a record of %d acts and one of %d: nobody has shown that "+
		"the longer begins with the shorter, nor that it does not.", first.size, second.size)
	switch {
	case first.size > second.size:
		return nil, lines.fault("order")
	case first.size == second.size && bytes.Equal(first.root, second.root):
		return nil, lines.fault("same")
	case first.size == second.size:
		proved = fmt.Sprintf("This key has signed two different records of %d acts.", first.size)
	}
	return reading{"sizes": []int64{first.size, second.size}, "proved": proved}, nil
}

func judgeEvidence(v vector) (string, reading, error) {
	if v.Unchained != nil {
		read, err := readUnchained(*v.Unchained)
		return "unchained", read, err
	}
	e := &evidence{lines: container{kind: "evidence", raw: v.raw()}}
	if err := e.read(); err != nil {
		return "evidence", nil, err
	}
	if err := e.check(); err != nil {
		return "evidence", nil, err
	}
	return "", reading{"log": e.origin, "proved": e.proved()}, nil
}
