package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Policies (docs/specs/policy.md; C2SP tlog-policy).

const (
	largestPolicy = 262144
	mostOfAPolicy = 100 // logs, witnesses, groups
	nobody        = "none"
)

// part is a witness, which has a key, or a group, which has members.
type part struct {
	name    string // octets
	key     *vkey
	asked   int
	members []*part
}

type policy struct {
	logs      []vkey
	witnesses []*part
	groups    int
	defined   map[string]*part
	isMember  map[string]bool
	quorums   []*part // nil stands for nobody
}

var (
	itemForm      = regexp.MustCompile(`[^ \t]+`)
	thresholdForm = regexp.MustCompile(`^[1-9][0-9]{0,2}$`)
)

func isControl(octet byte) bool { return octet < 0x20 && octet != '\t' || octet == 0x7f }

func readPolicy(raw []byte) (*policy, error) {
	if len(raw) > largestPolicy {
		return nil, refusal("policy.size")
	}
	p := &policy{defined: map[string]*part{}, isMember: map[string]bool{}}
	lines := bytes.Split(raw, []byte("\n"))
	for i, line := range lines {
		for _, octet := range line {
			if isControl(octet) {
				return nil, refusal("policy.octet")
			}
		}
		if i == len(lines)-1 && len(line) > 0 {
			return nil, refusal("policy.end")
		}
		items := itemForm.FindAllString(string(line), -1)
		if len(items) == 0 || strings.HasPrefix(items[0], "#") {
			continue
		}
		if err := p.line(items[0], items[1:]); err != nil {
			return nil, err
		}
	}
	if len(p.quorums) == 0 {
		return nil, refusal("policy.quorum")
	}
	return p, nil
}

func (p *policy) line(word string, items []string) error {
	switch {
	case word == "log" && (len(items) == 1 || len(items) == 2):
		return p.log(items[0])
	case word == "witness" && (len(items) == 2 || len(items) == 3):
		return p.witness(items[0], items[1])
	case word == "group" && len(items) >= 3:
		return p.group(items[0], items[1], items[2:])
	case word == "quorum" && len(items) == 1:
		return p.quorum(items[0])
	}
	return refusal("policy.line")
}

// newKey reads the key of a line, which is on no line of this kind before it.
func newKey(text string, before []vkey, algorithms ...byte) (vkey, error) {
	keys, err := readVkeys([]string{text}, algorithms...)
	if err != nil {
		return vkey{}, refusal("policy.key")
	}
	for _, other := range before {
		if bytes.Equal(other.public, keys[0].public) {
			return vkey{}, refusal("policy.duplicate")
		}
	}
	if len(before) == mostOfAPolicy {
		return vkey{}, refusal("policy.size")
	}
	return keys[0], nil
}

func (p *policy) log(text string) error {
	key, err := newKey(text, p.logs, plainEd25519)
	p.logs = append(p.logs, key)
	return err
}

func (p *policy) witness(name, text string) error {
	var before []vkey
	for _, witness := range p.witnesses {
		before = append(before, *witness.key)
	}
	key, err := newKey(text, before, cosignerEd25519, cosignerMLDSA44)
	if err != nil {
		return err
	}
	witness := &part{name: name, key: &key}
	p.witnesses = append(p.witnesses, witness)
	return p.define(witness)
}

func (p *policy) group(name, asked string, members []string) error {
	group := &part{name: name}
	for _, member := range members {
		found, err := p.find(member)
		if err != nil {
			return err
		}
		group.members = append(group.members, found)
	}
	for _, member := range members {
		if p.isMember[member] {
			return refusal("policy.member")
		}
		p.isMember[member] = true
	}
	switch {
	case asked == "any":
		group.asked = 1
	case asked == "all":
		group.asked = len(members)
	case thresholdForm.MatchString(asked):
		group.asked, _ = strconv.Atoi(asked)
	}
	if group.asked < 1 || group.asked > len(members) {
		return refusal("policy.threshold")
	}
	if p.groups++; p.groups > mostOfAPolicy {
		return refusal("policy.size")
	}
	return p.define(group)
}

func (p *policy) quorum(name string) (err error) {
	if len(p.quorums) > 0 {
		return refusal("policy.quorum")
	}
	var quorum *part
	if name != nobody {
		quorum, err = p.find(name)
	}
	p.quorums = append(p.quorums, quorum)
	return err
}

func (p *policy) find(name string) (*part, error) {
	found, is := p.defined[name]
	if !is {
		return nil, refusal("policy.unknown")
	}
	return found, nil
}

func (p *policy) define(defined *part) error {
	if _, twice := p.defined[defined.name]; twice || defined.name == nobody {
		return refusal("policy.name")
	}
	p.defined[defined.name] = defined
	return nil
}

// hasWitnessed: one of these keys is the witness's, or enough of the group's members have witnessed.
func (p *part) hasWitnessed(signed []vkey) bool {
	if p.key == nil {
		return len(p.members)-len(p.lacking(signed)) >= p.asked
	}
	for _, key := range signed {
		if key.name == p.key.name && key.algorithm == p.key.algorithm && bytes.Equal(key.public, p.key.public) {
			return true
		}
	}
	return false
}

func (p *part) lacking(signed []vkey) (members []*part) {
	for _, member := range p.members {
		if !member.hasWitnessed(signed) {
			members = append(members, member)
		}
	}
	return members
}

// missing says in words who has not witnessed; nothing where the quorum has.
func (p *policy) missing(signed []vkey) string {
	quorum := p.quorums[0]
	switch {
	case quorum == nil || quorum.hasWitnessed(signed):
		return ""
	case quorum.key != nil:
		return "0 of 1; missing: " + shown(quorum.name)
	}
	return quorum.lacks(signed, fmt.Sprintf(" in “%s”", shown(quorum.name)))
}

func (p *part) lacks(signed []vkey, where string) string {
	lacking := p.lacking(signed)
	names := make([]string, len(lacking))
	for i, member := range lacking {
		names[i] = shown(member.name)
		if member.key == nil {
			names[i] += " (" + member.lacks(signed, "") + ")"
		}
	}
	return fmt.Sprintf("%d of %d%s, which asks for %d; missing: %s",
		len(p.members)-len(lacking), len(p.members), where, p.asked, strings.Join(names, ", "))
}

// shown has a sign in the place of each octet that is no UTF-8.
func shown(octets string) string { return string([]rune(octets)) }

func judgePolicy(v vector) (string, reading, error) {
	p, err := readPolicy(v.raw())
	if err != nil {
		return "policy", nil, err
	}
	signed, err := readVkeys(v.Signed, cosignerEd25519, cosignerMLDSA44)
	if err != nil {
		return "policy", nil, fmt.Errorf("the vector's own keys: %v", err)
	}
	logs, witnesses := []string{}, []string{}
	for _, key := range p.logs {
		logs = append(logs, key.name)
	}
	for _, witness := range p.witnesses {
		witnesses = append(witnesses, shown(witness.name))
	}
	missing := p.missing(signed)
	return "policy", reading{
		"logs": logs, "witnesses": witnesses, "satisfied": missing == "", "missing": missing,
	}, nil
}
