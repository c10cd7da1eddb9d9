package main

import "bytes"

// The replay bundle (docs/specs/replay-bundle.md). The procedure is not folded here: which acts are irregular is not said,
// and an enrolment or a naming counts, whoever did it.

const bundleVersion = "detente replay bundle v1"

type bundle struct {
	certifiedCopy // whose leaves and roots a `seen` is weighed against
	stopped       bool
	unchecked     int64
	later         []laterNamed
	unshown       int64 // below this size only the roots that are shown are known
}

// laterNamed is a cosigner that an act after the first names. leaf: of that act; by: its author.
type laterNamed struct {
	leaf, by string
	key      vkey
}

func isKnown(payload object) (bool, error) {
	version, isNumber := payload["v"].(int64)
	kind, isText := payload["act"].(string)
	if !isNumber || !isText {
		return false, refusal("act.malformed")
	}
	_, known := clearFieldsOf[kind]
	return known && version == 1, nil
}

// checkKeyForms: the members that bring keys are of their form.
func checkKeyForms(payload object) error {
	if payload["act"] == "convene" {
		return checkConveneForms(payload)
	}
	for _, read := range restsOn[payload["act"]] {
		value, there := payload[read.name]
		text, is := value.(string)
		if (there || !read.mayLack) && (!is || !read.form.MatchString(text)) {
			return refusal("act.malformed")
		}
	}
	return nil
}

func (b *bundle) act(number int64) error {
	_, raw, err := b.lines.word("act")
	if err != nil {
		return err
	}
	if bytes.IndexByte(raw, '~') != len(raw)-1 {
		return b.lines.fault("disclosed")
	}
	act, err := readAct(raw)
	if err != nil {
		return err
	}
	known, err := isKnown(act.payload)
	if err != nil {
		return err
	}
	if err := b.judge(act, known); err != nil {
		return err
	}
	if known {
		if err := b.checkShown(act); err != nil {
			return err
		}
		if err := b.checkSeen(act, number-1); err != nil {
			return err
		}
	}
	leaf := leafHash([]byte(act.entry))
	b.main = append(b.main, leaf)
	if b.stopped = b.stopped || !known; !b.stopped {
		b.take(act, number, toBase64URL(leaf))
	}
	return nil
}

// checkShown: the root is known at the size that the author had seen.
func (b *bundle) checkShown(act *envelope) error {
	seen, _ := act.payload["seen"].([]any)
	if len(seen) == 0 {
		return nil
	}
	size, isNumber := seen[0].(int64)
	if isNumber && 0 <= size && size < b.unshown && b.roots[size] == nil {
		return refusal("act.seen_unshown")
	}
	return nil
}

// judge: the digests of a kind that is known, and the signature.
func (b *bundle) judge(act *envelope, known bool) error {
	public := []byte(nil)
	if b.registry == nil && known && act.payload["act"] == "convene" {
		raw, strict := fromBase64URL(textOf(act.payload["convenor_key"]))
		if !strict {
			return refusal("base64.not_canonical")
		}
		public = raw
	} else if b.registry != nil {
		public = b.registry.keys[act.kid].public
	}
	if public == nil && !b.stopped {
		return refusal("key.unknown")
	}
	if known {
		if err := act.checkCount(); err != nil {
			return err
		}
		if _, err := act.digests(); err != nil {
			return err
		}
		if err := checkKeyForms(act.payload); err != nil {
			return err
		}
	}
	if public == nil {
		b.unchecked++
		return nil
	}
	return act.verify(public)
}

// take keeps what an act says of keys and cosigners.
func (b *bundle) take(act *envelope, number int64, leaf string) {
	switch act.payload["act"] {
	case "convene":
		if b.registry == nil && checkConveneForms(act.payload) == nil && refuseConvening(act) == nil {
			b.registry, _ = convene(act.payload)
		}
	case "enrol":
		_ = b.registry.enrol(act.payload, number) // one that does not hold stands there and has no effect
	case "leave":
		b.unname(func(named laterNamed) bool { return named.by == textOf(act.payload["person"]) })
	case "drop_cosigner":
		b.unname(func(named laterNamed) bool { return named.leaf == textOf(act.payload["cosigner"]) })
	case namesCosigner:
		if key, err := readVkey(textOf(act.payload["vkey"])); err == nil && key.algorithm == cosignerEd25519 {
			b.later = append(b.later, laterNamed{leaf, b.registry.keys[act.kid].person, key})
		}
	}
}

func (b *bundle) unname(isUndone func(named laterNamed) bool) {
	var standing []laterNamed
	for _, named := range b.later {
		if !isUndone(named) {
			standing = append(standing, named)
		}
	}
	b.later = standing
}

func (b *bundle) heading() (acts int64, err error) {
	version, err := b.lines.line()
	if err != nil {
		return 0, err
	}
	if string(version) != bundleVersion {
		return 0, b.lines.fault("version")
	}
	if b.process, err = b.lines.text("process"); err != nil {
		return 0, err
	}
	return b.lines.numbered("acts")
}

// note is of exactly these acts, and every line under it is known.
func (b *bundle) note() ([]cosigned, error) {
	count, err := b.lines.numbered("checkpoint")
	if err != nil {
		return nil, err
	}
	raw, err := b.lines.note(count)
	if err != nil {
		return nil, err
	}
	if err := b.registry.nameCosigners(); err != nil {
		return nil, err
	}
	keys := append(b.registry.mldsaKey(b.process), b.registry.cosigners...)
	for _, named := range b.later {
		keys = append(keys, named.key)
	}
	head, _, err := openCheckpoint(raw, b.registry.log(b.process), keys)
	if err != nil {
		return nil, err
	}
	if head.size != int64(len(b.main)) || !bytes.Equal(head.root, treeHash(b.main)) {
		return nil, b.lines.fault("root")
	}
	if signed, err := readNote(raw); err != nil || len(signed.signatures) != 1+len(head.cosigned) {
		return nil, b.lines.fault("signature")
	}
	by := []cosigned{}
	for _, line := range head.cosigned {
		if line[0] != b.process { // the log's own line with ML-DSA-44
			by = append(by, line)
		}
	}
	return by, nil
}

func verifyBundle(raw []byte) (*bundle, reading, error) {
	b := &bundle{certifiedCopy: certifiedCopy{lines: container{kind: "bundle", raw: raw}, roots: map[int64][]byte{}}}
	acts, err := b.heading()
	if err != nil {
		return nil, nil, err
	}
	if err := b.read(1, acts); err != nil {
		return nil, nil, err
	}
	read, err := b.end()
	return b, read, err
}

// read reads acts, of which the first has this number.
func (b *bundle) read(first, last int64) error {
	for number := first; number <= last; number++ {
		if err := b.act(number); err != nil {
			return err
		}
	}
	if b.registry == nil {
		return b.lines.fault("empty")
	}
	if b.registry.origin != b.process {
		return b.lines.fault("process")
	}
	return nil
}

// end reads what stands after the acts.
func (b *bundle) end() (reading, error) {
	by, err := b.note()
	if err != nil {
		return nil, err
	}
	if !b.lines.atEnd() {
		return nil, b.lines.fault("end")
	}
	return reading{"process": b.process, "size": len(b.main), "cosigned": by, "unchecked": b.unchecked}, nil
}

func judgeBundle(v vector) (string, reading, error) {
	_, read, err := verifyBundle(v.raw())
	return "bundle", read, err
}
