package main

import (
	"bytes"
	"crypto/sha256"
)

// The proof of one act (docs/specs/proof-of-an-act.md). The file shows no whole record, so the kinds of which a key rests
// on acts are told by name only; what else the kinds ask is not judged here (`proved.unknown`, `act.malformed`).

const (
	proofOfAnActVersion = "detente proof of an act v1"
	mostActs            = 200
)

type provedAct struct {
	number int64
	act    *envelope
	opened object
	path   [][]byte
}

type proofOfAnAct struct {
	lines    container
	process  string
	proves   int64
	registry *registry
	acts     []provedAct
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
	p.proves, err = p.lines.numbered("proves")
	return err
}

// next reads an act with its path; without one, how many lines the note has.
func (p *proofOfAnAct) next() (read *provedAct, noteLines int64, err error) {
	word, rest, err := p.lines.word("act", "checkpoint")
	if err != nil {
		return nil, 0, err
	}
	if word == "checkpoint" {
		text, err := p.lines.printable(rest)
		if err != nil {
			return nil, 0, err
		}
		noteLines, err = p.lines.number(text)
		return nil, noteLines, err
	}
	spelled, raw, _ := bytes.Cut(rest, []byte(" "))
	count, err := p.lines.numbered("path")
	if err != nil {
		return nil, 0, err
	}
	if count > longestPath {
		return nil, 0, p.lines.fault("number")
	}
	text, err := p.lines.printable(spelled)
	if err != nil {
		return nil, 0, err
	}
	read = &provedAct{}
	if read.number, err = p.lines.number(text); err != nil {
		return nil, 0, err
	}
	for ; count > 0; count-- {
		hash, err := p.hash()
		if err != nil {
			return nil, 0, err
		}
		read.path = append(read.path, hash)
	}
	if len(p.acts) == mostActs || len(p.acts) > 0 && read.number <= p.acts[len(p.acts)-1].number {
		return nil, 0, p.lines.fault("order")
	}
	if read.act, err = readAct(raw); err != nil {
		return nil, 0, err
	}
	read.opened, err = read.act.open()
	return read, 0, err
}

func (p *proofOfAnAct) hash() ([]byte, error) {
	line, err := p.lines.line()
	if err != nil {
		return nil, err
	}
	text, err := p.lines.printable(line)
	if err != nil {
		return nil, err
	}
	hash, strict := fromBase64(text)
	if !strict || len(hash) != sha256.Size {
		return nil, p.lines.fault("hash")
	}
	return hash, nil
}

// check: the act is of this process, may stand here, and is signed with a key that the file shows to be enrolled.
func (p *proofOfAnAct) check(read *provedAct) (err error) {
	kind := read.act.payload["act"]
	if p.registry == nil {
		if kind != "convene" || read.number != 1 {
			return p.lines.fault("process")
		}
		if p.registry, err = convene(read.act.payload); err != nil {
			return err
		}
		if p.registry.origin != p.process {
			return p.lines.fault("process")
		}
		if err := p.registry.nameCosigners(); err != nil {
			return err
		}
	}
	if read.act.payload["proc"] != p.process {
		return p.lines.fault("process")
	}
	if read.number != p.proves && kind != "convene" && kind != "admit" && kind != "enrol" {
		return p.lines.fault("order")
	}
	key, shown := p.registry.keys[read.act.kid]
	if !shown {
		return p.lines.fault("key")
	}
	if err := read.act.verify(key.public); err != nil {
		return err
	}
	if kind == "enrol" {
		return p.registry.enrol(read.act.payload, read.number)
	}
	return nil
}

// checkNote: every line under the note is the log's or of a cosigner that act 1 names, and holds.
func (p *proofOfAnAct) checkNote(lines int64) (*checkpoint, error) {
	raw, err := p.lines.note(lines)
	if err != nil {
		return nil, err
	}
	if !p.lines.atEnd() {
		return nil, p.lines.fault("end")
	}
	head, _, err := openCheckpoint(raw, p.registry.log(p.process), p.registry.cosigners)
	if err != nil {
		return nil, err
	}
	if signed, err := readNote(raw); err != nil || len(signed.signatures) != 1+len(head.cosigned) {
		return nil, p.lines.fault("signature")
	}
	return head, nil
}

func verifyOneAct(raw []byte) (reading, error) {
	p := &proofOfAnAct{lines: container{kind: "proved", raw: raw}}
	if err := p.heading(); err != nil {
		return nil, err
	}
	for {
		read, noteLines, err := p.next()
		if err != nil {
			return nil, err
		}
		if read != nil {
			if err := p.check(read); err != nil {
				return nil, err
			}
			p.acts = append(p.acts, *read)
			continue
		}
		if len(p.acts) == 0 || p.acts[len(p.acts)-1].number != p.proves {
			return nil, p.lines.fault("order")
		}
		head, err := p.checkNote(noteLines)
		if err != nil {
			return nil, err
		}
		for _, proved := range p.acts {
			leaf := leafHash([]byte(proved.act.entry))
			if err := checkInclusion(proved.number-1, head.size, head.root, leaf, proved.path); err != nil {
				return nil, err
			}
		}
		return p.proved(head), nil
	}
}

func (p *proofOfAnAct) proved(head *checkpoint) reading {
	last := p.acts[len(p.acts)-1]
	author := p.registry.keys[last.act.kid]
	side := any(nil)
	for _, shown := range p.acts {
		if shown.act.payload["act"] == "admit" && shown.act.payload["person"] == author.person {
			side = shown.act.payload["side"]
		}
	}
	return reading{
		"process": p.process, "number": last.number, "kind": last.act.payload["act"], "person": author.person,
		"side": side, "enrolled": author.enrolled, "size": head.size, "opened": last.opened,
	}
}

func judgeOneAct(v vector) (string, reading, error) {
	read, err := verifyOneAct(v.raw())
	return "one_act", read, err
}
