package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// Proofs of facts (docs/specs/state-statement.md).

const (
	factsVersion   = "detente proof of facts v1"
	mostFacts      = 1000
	mostNeighbours = 3 // that are read
)

// The keys of facts, as the page has them.
const factForms = `
phase
time
rules
admitted/PERSON
left/PERSON
head/SIDE
contested/SIDE
key/KEY
key-confirmed/KEY
key-revoked/KEY
mandates/PERSON
mandate/PERSON/ACT
mandate-restricted/PERSON/ACT
mandate-revoked/PERSON/ACT
text/TEXT
edition/TEXT
adopted/TEXT
authentic/TEXT
binding/TEXT
in-force/TEXT
bound/TEXT/SIDE/OTHER
provisional/TEXT/SIDE
step/TEXT/SIDE
steps/TEXT/SIDE/STEP
disputed/TEXT/SIDE
validity-contested/TEXT/SIDE
unauthorised/TEXT/SIDE
confirmed/ACT
reservations/TEXT/SIDE
reservation-withdrawn/ACT
corrections/TEXT
notices/TEXT/SIDE
notice-carried-out/ACT
notice-revoked/ACT
irregular/ACT
`

var partForms = map[string]*regexp.Regexp{
	"TEXT": subjectForm, "SIDE": sideForm, "OTHER": sideForm, "PERSON": personForm, "KEY": keyForm,
	"ACT": regexp.MustCompile(`^[1-9][0-9]{0,14}$`), "STEP": regexp.MustCompile(`^[AIRSBFWNE]$`),
}

// partsOf are the parts of a key that vary, by their names.
func partsOf(key string) (map[string]string, bool) {
	parts := strings.Split(key, "/")
	for _, form := range strings.Fields(factForms) {
		names := strings.Split(form, "/")
		if names[0] != parts[0] {
			continue
		}
		found := map[string]string{}
		for i := 1; i < len(names) && i < len(parts); i++ {
			if partForms[names[i]].MatchString(parts[i]) {
				found[names[i]] = parts[i]
			}
		}
		other, two := found["OTHER"]
		return found, len(names) == len(parts) && len(found) == len(names)-1 && !(two && found["SIDE"] >= other)
	}
	return nil, false
}

type proofOfFacts struct {
	proofOfAnAct // what stands beside the first act is read as in one
	sides        []string
	said         *statement
}

func (p *proofOfFacts) anchor(firstLine string) error {
	version, err := p.lines.line()
	if err != nil {
		return err
	}
	if string(version) != firstLine {
		return p.lines.fault("version")
	}
	if p.process, err = p.lines.text("process"); err != nil {
		return err
	}
	if err := p.first(); err != nil {
		return err
	}
	if err := p.acts(p.process, false); err != nil {
		return err
	}
	if err := p.registry.nameCosigners(); err != nil {
		return err
	}
	if err := p.nameLater(); err != nil {
		return err
	}
	if err := p.checkLog(p.logs[0]); err != nil {
		return err
	}
	return p.statement()
}

// first reads the convening act, and takes it in as the first of the log.
func (p *proofOfFacts) first() error {
	_, raw, err := p.lines.word("act")
	if err != nil {
		return err
	}
	if bytes.IndexByte(raw, '~') != len(raw)-1 {
		return p.lines.fault("disclosed")
	}
	first := provedAct{number: 1}
	if first.path, err = p.lines.path(); err != nil {
		return err
	}
	if first.act, err = readAct(raw); err != nil {
		return err
	}
	version, isNumber := first.act.payload["v"].(int64)
	kind, isText := first.act.payload["act"].(string)
	if !isNumber || !isText {
		return refusal("act.malformed")
	}
	if version != 1 || kind != "convene" {
		return p.lines.fault("process")
	}
	if err := checkConveneForms(first.act.payload); err != nil {
		return err
	}
	if err := refuseConvening(first.act); err != nil {
		return err
	}
	if first.act.payload["proc"] != p.process {
		return p.lines.fault("process")
	}
	p.sides = textsOf(first.act.payload["sides"])
	p.logs = []*provedLog{{origin: p.process}}
	if err := p.check(&first, p.process, false); err != nil {
		return err
	}
	p.logs[0].acts = []provedAct{first}
	return nil
}

func (p *proofOfFacts) statement() error {
	count, err := p.lines.numbered("statement")
	if err != nil {
		return err
	}
	note, err := p.lines.note(count)
	if err != nil {
		return err
	}
	quorum, _ := p.logs[0].acts[0].act.payload["quorum"].(int64)
	if p.said, err = openStatement(note, p.process, quorum, p.registry.cosigners, p.laterKeys()); err != nil {
		return err
	}
	if head := p.logs[0].head; p.said.size != head.size || !bytes.Equal(p.said.root, head.root) {
		return p.lines.fault("root")
	}
	return nil
}

// factLeaf is a leaf of the tree of facts.
type factLeaf struct {
	index             int64
	label, commitment []byte
	path              [][]byte
}

func (p *proofOfFacts) stands(leaf factLeaf) error {
	hash := leafHash(append(append([]byte{}, leaf.label...), leaf.commitment...))
	return checkInclusion(leaf.index, p.said.facts, p.said.factsRoot, hash, leaf.path)
}

func (p *proofOfFacts) checkKey(key string) error {
	parts, is := partsOf(key)
	if !is {
		return refusal("fact.key")
	}
	for _, name := range []string{"SIDE", "OTHER"} {
		if side, there := parts[name]; there && !contains(p.sides, side) {
			return refusal("fact.side")
		}
	}
	if number, _ := strconv.ParseInt(parts["ACT"], 10, 64); number > p.said.size {
		return refusal("fact.act")
	}
	return nil
}

// fact reads one, and gives its key and its value, nil where it is absent.
func (p *proofOfFacts) fact() (key string, value any, err error) {
	if key, err = p.lines.text("fact"); err != nil {
		return "", nil, err
	}
	if err := p.checkKey(key); err != nil {
		return "", nil, err
	}
	digest := sha256.Sum256([]byte("detente fact\n" + p.process + "\n" + key))
	word, rest, err := p.lines.word("present", "absent")
	if err != nil {
		return "", nil, err
	}
	text, err := p.lines.printable(rest)
	if err != nil {
		return "", nil, err
	}
	if word == "present" {
		return key, text, p.present(digest[:], text)
	}
	return key, nil, p.absent(digest[:], text)
}

func (p *proofOfFacts) present(label []byte, value string) error {
	spelled, err := p.lines.text("salt")
	if err != nil {
		return err
	}
	salt, err := p.lines.hash([]byte(spelled))
	if err != nil {
		return err
	}
	commitment := sha256.Sum256(append(salt, value...))
	leaf := factLeaf{label: label, commitment: commitment[:]}
	if leaf.index, err = p.lines.numbered("leaf"); err != nil {
		return err
	}
	if leaf.path, err = p.lines.path(); err != nil {
		return err
	}
	return p.stands(leaf)
}

func (p *proofOfFacts) absent(label []byte, counted string) error {
	count, err := p.lines.number(counted)
	if err != nil {
		return err
	}
	var leaves []factLeaf
	for ; count > 0 && len(leaves) < mostNeighbours; count-- {
		leaf, err := p.neighbour()
		if err != nil {
			return err
		}
		leaves = append(leaves, leaf)
	}
	for _, leaf := range leaves {
		if err := p.stands(leaf); err != nil {
			return err
		}
	}
	if !p.between(label, leaves) {
		return p.lines.fault("absent")
	}
	return nil
}

func (p *proofOfFacts) neighbour() (leaf factLeaf, err error) {
	text, err := p.lines.text("leaf")
	if err != nil {
		return leaf, err
	}
	index, rest, _ := strings.Cut(text, " ")
	label, commitment, _ := strings.Cut(rest, " ")
	if leaf.index, err = p.lines.number(index); err != nil {
		return leaf, err
	}
	if leaf.label, err = p.lines.hash([]byte(label)); err != nil {
		return leaf, err
	}
	if leaf.commitment, err = p.lines.hash([]byte(commitment)); err != nil {
		return leaf, err
	}
	leaf.path, err = p.lines.path()
	return leaf, err
}

// between: nothing can stand where the label would.
func (p *proofOfFacts) between(label []byte, leaves []factLeaf) bool {
	switch len(leaves) {
	case 1:
		compared := bytes.Compare(label, leaves[0].label)
		return compared < 0 && leaves[0].index == 0 || compared > 0 && leaves[0].index == p.said.facts-1
	case 2:
		inside := bytes.Compare(leaves[0].label, label) < 0 && bytes.Compare(label, leaves[1].label) < 0
		return inside && leaves[1].index == leaves[0].index+1
	}
	return false
}

func (p *proofOfFacts) facts() (facts [][2]any, err error) {
	count, err := p.lines.numbered("facts")
	if err != nil {
		return nil, err
	}
	if count < 1 || count > mostFacts {
		return nil, p.lines.fault("number")
	}
	for ; count > 0; count-- {
		key, value, err := p.fact()
		if err != nil {
			return nil, err
		}
		facts = append(facts, [2]any{key, value})
	}
	if !p.lines.atEnd() {
		return nil, p.lines.fault("end")
	}
	return facts, nil
}

func judgeFacts(v vector) (string, reading, error) {
	p := &proofOfFacts{proofOfAnAct: proofOfAnAct{lines: container{kind: "facts", raw: v.raw()}}}
	if err := p.anchor(factsVersion); err != nil {
		return "facts", nil, err
	}
	facts, err := p.facts()
	if err != nil {
		return "facts", nil, err
	}
	read := p.told()
	read["facts"] = facts
	return "", read, nil
}

// told is what the anchor says.
func (p *proofOfFacts) told() reading {
	keys := []string{}
	for _, key := range p.said.keys {
		raw := toBase64(append([]byte{key.algorithm}, key.public...))
		keys = append(keys, key.name+"+"+hex.EncodeToString(key.id[:])+"+"+raw)
	}
	first, later := p.cosigned(p.logs[0])
	return reading{
		"process": p.process, "size": p.said.size, "signers": p.said.signers, "keys": keys,
		"cosigned": first, "cosigned_later": later,
	}
}
