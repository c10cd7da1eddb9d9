package main

import (
	"bytes"
	"regexp"
	"strings"
)

// The proof of one act (docs/specs/proof-of-an-act.md).

const (
	proofOfAnActVersion = "detente proof of an act v1"
	mostActs            = 500
)

var chamberForm = regexp.MustCompile(`^[A-Za-z-]{1,20}$`)

type provedAct struct {
	number int64
	act    *envelope
	opened object
	path   [][]byte
}

func (a *provedAct) kind() any { return a.act.payload["act"] }

// provedLog is what a proof shows of one log: of the main one, or of the chamber that the act stands in.
type provedLog struct {
	origin string
	acts   []provedAct
	note   []byte
	head   *checkpoint
}

func (l *provedLog) last() *provedAct { return &l.acts[len(l.acts)-1] }

func (l *provedLog) numbered(number int64) *provedAct {
	for i := range l.acts {
		if l.acts[i].number == number {
			return &l.acts[i]
		}
	}
	return nil
}

type proofOfAnAct struct {
	lines    container
	process  string
	proves   int64
	chamber  string
	registry *registry
	later    []laterCosigner
	logs     []*provedLog
}

// laterCosigner is one that an act after the first names, and who did.
type laterCosigner struct {
	key vkey
	by  string
}

func (p *proofOfAnAct) heading() (err error) {
	version, err := p.lines.line()
	if err != nil {
		return err
	}
	if string(version) != proofOfAnActVersion {
		return p.lines.fault("version")
	}
	if p.process, err = p.lines.text("process"); err != nil {
		return err
	}
	text, err := p.lines.text("proves")
	if err != nil {
		return err
	}
	number, chamber, inChamber := strings.Cut(text, " ")
	if inChamber && !chamberForm.MatchString(chamber) {
		return p.lines.fault("line")
	}
	p.chamber = chamber
	p.proves, err = p.lines.number(number)
	return err
}

// next reads an act of the log with its path; without one, how many lines the note has.
func (p *proofOfAnAct) next(log *provedLog) (read *provedAct, noteLines int64, err error) {
	word, rest, err := p.lines.word("act", "checkpoint")
	if err != nil {
		return nil, 0, err
	}
	spelled, raw := rest, []byte{}
	if word == "act" {
		spelled, raw, _ = bytes.Cut(rest, []byte(" "))
	}
	text, err := p.lines.printable(spelled)
	if err != nil {
		return nil, 0, err
	}
	number, err := p.lines.number(text)
	if err != nil || word == "checkpoint" {
		return nil, number, err
	}
	read = &provedAct{number: number}
	if read.path, err = p.lines.path(); err != nil {
		return nil, 0, err
	}
	if len(log.acts) == mostActs || len(log.acts) > 0 && read.number <= log.last().number {
		return nil, 0, p.lines.fault("order")
	}
	read.act, err = readAct(raw)
	return read, 0, err
}

// log reads the acts of a log, up to its note. proves: the act that is proved is one of them.
func (p *proofOfAnAct) log(origin string, proves bool) error {
	p.logs = append(p.logs, &provedLog{origin: origin})
	return p.acts(origin, proves)
}

// acts reads the acts of the last log, beside those that it has.
func (p *proofOfAnAct) acts(origin string, proves bool) error {
	log := p.logs[len(p.logs)-1]
	for {
		read, noteLines, err := p.next(log)
		if err != nil {
			return err
		}
		if read == nil {
			if len(log.acts) == 0 || proves && log.numbered(p.proves) == nil {
				return p.lines.fault("order")
			}
			log.note, err = p.lines.note(noteLines)
			return err
		}
		if err := p.check(read, origin, proves && read.number == p.proves); err != nil {
			return err
		}
		log.acts = append(log.acts, *read)
	}
}

// check: the act is of this log, may stand here, and is signed with a key that the file shows to be enrolled.
func (p *proofOfAnAct) check(read *provedAct, origin string, isProved bool) (err error) {
	if err := checkStated(read.act.payload); err != nil {
		return err
	}
	if read.opened, err = read.act.open(clearFieldsOf[read.kind()]...); err != nil {
		return err
	}
	if p.registry == nil {
		if err := p.convene(read); err != nil {
			return err
		}
	}
	if read.act.payload["proc"] != origin {
		return p.lines.fault("process")
	}
	if _, rests := restsOn[read.kind()]; !isProved && (!rests || origin != p.process) {
		return p.lines.fault("order")
	}
	key, shown := p.registry.keys[read.act.kid]
	if !shown {
		return p.lines.fault("key")
	}
	if err := read.act.verify(key.public); err != nil {
		return err
	}
	if read.kind() == "enrol" {
		return p.registry.enrol(read.act.payload, read.number)
	}
	return nil
}

func (p *proofOfAnAct) convene(first *provedAct) (err error) {
	if first.kind() != "convene" || first.number != 1 {
		return p.lines.fault("process")
	}
	if p.registry, err = convene(first.act.payload); err != nil {
		return err
	}
	if p.registry.origin != p.process || thumbprint(p.registry.convenor) != first.act.kid {
		return p.lines.fault("process")
	}
	return nil
}

// nameLater reads the keys of cosigners that acts after the first name, each under the first act that does.
func (p *proofOfAnAct) nameLater() error {
	for _, shown := range p.logs[0].acts {
		if shown.kind() != namesCosigner {
			continue
		}
		key, err := readVkey(textOf(shown.act.payload["vkey"]))
		if err != nil {
			return err
		}
		known := key.algorithm != cosignerEd25519 || p.registry.isLog(key.name)
		for _, other := range append(p.registry.cosigners, p.laterKeys()...) {
			known = known || bytes.Equal(other.public, key.public)
		}
		if known {
			continue
		}
		if err := checkKey(key.public); err != nil {
			return err
		}
		p.later = append(p.later, laterCosigner{key, p.registry.keys[shown.act.kid].person})
	}
	return nil
}

func (p *proofOfAnAct) laterKeys() (keys []vkey) {
	for _, named := range p.later {
		keys = append(keys, named.key)
	}
	return keys
}

// checkLog: the note signs a tree in which these acts stand, and every line under it is the log's or of a cosigner that
// act 1 or a later one names, and holds.
func (p *proofOfAnAct) checkLog(log *provedLog) error {
	if err := checkKey(p.registry.logKey); err != nil {
		return err
	}
	known := append(append(p.registry.mldsaKey(log.origin), p.registry.cosigners...), p.laterKeys()...)
	head, _, err := openCheckpoint(log.note, p.registry.log(log.origin), known)
	if err != nil {
		return err
	}
	if signed, err := readNote(log.note); err != nil || len(signed.signatures) != 1+len(head.cosigned) {
		return p.lines.fault("signature")
	}
	for _, placed := range log.acts {
		leaf := leafHash([]byte(placed.act.entry))
		if err := checkInclusion(placed.number-1, head.size, head.root, leaf, placed.path); err != nil {
			return err
		}
	}
	log.head = head
	return nil
}

func verifyOneAct(raw []byte) (reading, error) {
	p := &proofOfAnAct{lines: container{kind: "proved", raw: raw}}
	if err := p.heading(); err != nil {
		return nil, err
	}
	if err := p.log(p.process, p.chamber == ""); err != nil {
		return nil, err
	}
	if p.chamber != "" {
		if err := p.log(p.process+"/"+p.chamber, true); err != nil {
			return nil, err
		}
	}
	if !p.lines.atEnd() {
		return nil, p.lines.fault("end")
	}
	if err := p.registry.nameCosigners(); err != nil {
		return nil, err
	}
	if err := p.nameLater(); err != nil {
		return nil, err
	}
	for _, log := range p.logs {
		if err := p.checkLog(log); err != nil {
			return nil, err
		}
	}
	return p.proved(), nil
}

func (p *proofOfAnAct) proved() reading {
	main, log := p.logs[0], p.logs[len(p.logs)-1]
	act := log.numbered(p.proves)
	author := p.registry.keys[act.act.kid]
	said := map[string]string{"title": textOf(main.acts[0].opened["title"])}
	for _, shown := range main.acts {
		if shown.kind() == "admit" && shown.act.payload["person"] == author.person && shown.number < author.enrolled {
			said["role"], said["side"] = textOf(shown.act.payload["role"]), textOf(shown.act.payload["side"])
			said["office"] = textOf(shown.opened["title"])
		}
	}
	first, later := p.cosigned(log)
	return reading{
		"process": p.process, "chamber": p.chamber, "number": act.number, "kind": act.kind(),
		"person": author.person, "role": said["role"], "side": said["side"], "office": said["office"],
		"title": said["title"], "enrolled": author.enrolled, "opened": act.opened,
		"size": log.head.size, "main_size": main.head.size, "cosigned": first,
		"cosigned_later": later,
	}
}

// cosigned are the lines of those that act 1 names, and of those named later with who named them.
func (p *proofOfAnAct) cosigned(log *provedLog) (first []cosigned, later [][3]any) {
	first, later = []cosigned{}, [][3]any{}
	for i, line := range log.head.cosigned {
		if line[0] == log.origin { // the log's own line with ML-DSA-44
			continue
		}
		by := ""
		for _, named := range p.later {
			if named.key.name == log.head.by[i].name && named.key.id == log.head.by[i].id {
				by = named.by
			}
		}
		if by == "" {
			first = append(first, line)
		} else {
			later = append(later, [3]any{line[0], line[1], by})
		}
	}
	return first, later
}

// textOf is a value that is a text, and nothing where it is none.
func textOf(value any) string {
	text, _ := value.(string)
	return text
}

func judgeProved(v vector) (string, reading, error) {
	raw := v.raw()
	if isInParts(raw) {
		proof, err := proofInParts(raw)
		if err != nil {
			return "parts", nil, err
		}
		raw = proof
	}
	read, err := verifyOneAct(raw)
	return "proved", read, err
}
