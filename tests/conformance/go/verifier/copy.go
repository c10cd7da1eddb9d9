package main

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"strings"
)

// The certified copy (docs/specs/certified-copy.md): its form, every signature, disclosure and root, and the
// certificate. The procedure is not folded here, so which acts are irregular is not said.

const copyVersion = "detente certified copy v1"

var (
	processForm  = regexp.MustCompile(`^detente/[a-z2-7]{26}$`)
	exporterForm = regexp.MustCompile(`^(public|host|[A-Z][A-Za-z0-9]{0,15}(\.[a-z0-9]{1,16})?)$`)
	instantForm  = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$`)
)

type certifiedCopy struct {
	lines    container
	process  string
	registry *registry
	main     [][]byte         // leaves
	roots    map[int64][]byte // of the main log, by size
}

func (c *certifiedCopy) heading() error {
	version, err := c.lines.line()
	if err != nil {
		return err
	}
	if string(version) != copyVersion {
		return refusal("copy.version")
	}
	said := map[string]string{}
	for _, word := range []string{"process", "for", "made"} {
		if said[word], err = c.lines.text(word); err != nil {
			return err
		}
	}
	c.process = said["process"]
	if !processForm.MatchString(c.process) || !exporterForm.MatchString(said["for"]) ||
		!instantForm.MatchString(said["made"]) {
		return refusal("copy.heading")
	}
	return nil
}

// logLine is a line `log ORIGIN SIZE`, or the digest after the last log.
type logLine struct {
	origin string
	size   int64
	digest string
	isLast bool
}

func (c *certifiedCopy) log() (line logLine, err error) {
	word, rest, err := c.lines.word("log", "digest")
	if err != nil {
		return line, err
	}
	text, err := c.lines.printable(rest)
	if err != nil || word == "digest" {
		return logLine{digest: text, isLast: true}, err
	}
	origin, count, _ := strings.Cut(text, " ")
	size, err := c.lines.number(count)
	return logLine{origin: origin, size: size}, err
}

// act reads the next act of either log, and checks all of it that the record's keys suffice for.
func (c *certifiedCopy) act() (*envelope, error) {
	_, rest, err := c.lines.word("act")
	if err != nil {
		return nil, err
	}
	act, err := readAct(rest)
	if err != nil {
		return nil, err
	}
	if c.registry == nil {
		return act, c.convene(act)
	}
	key, enrolled := c.registry.keys[act.kid]
	if !enrolled {
		return nil, refusal("key.unknown")
	}
	if err := act.checkCount(); err != nil {
		return nil, err
	}
	if _, err := act.open(); err != nil {
		return nil, err
	}
	return act, act.verify(key.public)
}

// checkCount: an act of a kind that is known has as many digests as that has hidden fields, or had before some were added.
func (e *envelope) checkCount() error {
	known, err := isKnown(e.payload)
	if err != nil || !known {
		return err
	}
	count := digestsOf[e.payload["act"]]
	if list, is := e.payload["_sd"].([]any); is && (len(list) < count.least || len(list) > count.most) {
		return refusal("disclosure.count")
	}
	return nil
}

func (c *certifiedCopy) convene(act *envelope) error {
	if act.payload["act"] != "convene" {
		return refusal("key.unknown")
	}
	registry, err := convene(act.payload)
	if err != nil {
		return err
	}
	if err := registry.nameSides(act.payload); err != nil {
		return err
	}
	if err := act.checkCount(); err != nil {
		return err
	}
	if _, err := act.open(); err != nil {
		return err
	}
	if err := act.verify(registry.convenor); err != nil {
		return err
	}
	c.registry = registry
	if registry.nameCosigners() != nil {
		return refusal("copy.empty") // an act that is irregular convenes nothing
	}
	return nil
}

// checkSeen: the author had seen a state that the main log really had, of at most so many acts.
func (c *certifiedCopy) checkSeen(act *envelope, limit int64) error {
	seen, _ := act.payload["seen"].([]any)
	if len(seen) != 2 {
		return refusal("act.malformed")
	}
	size, sizeIs := seen[0].(int64)
	root, rootIs := seen[1].(string)
	if !sizeIs || !rootIs {
		return refusal("act.malformed")
	}
	if size < 0 || size > limit {
		return refusal("act.seen_foreign")
	}
	if c.roots[size] == nil {
		c.roots[size] = treeHash(c.main[:size])
	}
	if root != toBase64URL(c.roots[size]) {
		return refusal("act.seen_foreign")
	}
	return nil
}

func (c *certifiedCopy) mainLog(size int64) ([]cosigned, error) {
	for number := int64(1); number <= size; number++ {
		act, err := c.act()
		if err != nil {
			return nil, err
		}
		if err := c.checkSeen(act, number-1); err != nil {
			return nil, err
		}
		if act.payload["act"] == "enrol" {
			// An enrolment that does not hold stands in the log and has no effect.
			_ = c.registry.enrol(act.payload, number)
		}
		c.main = append(c.main, leafHash([]byte(act.entry)))
	}
	if c.registry == nil {
		return nil, refusal("copy.empty")
	}
	if c.registry.origin != c.process {
		return nil, refusal("copy.process")
	}
	return c.checkpoint(c.process, c.main, c.registry.cosigners)
}

func (c *certifiedCopy) chamber(origin string, size int64) error {
	var leaves [][]byte
	for ; size > 0; size-- {
		act, err := c.act()
		if err != nil {
			return err
		}
		if err := c.checkSeen(act, int64(len(c.main))); err != nil {
			return err
		}
		leaves = append(leaves, leafHash([]byte(act.entry)))
	}
	_, err := c.checkpoint(origin, leaves, nil)
	return err
}

// checkpoint is of exactly these leaves.
func (c *certifiedCopy) checkpoint(origin string, leaves [][]byte, cosigners []vkey) ([]cosigned, error) {
	count, err := c.lines.numbered("checkpoint")
	if err != nil {
		return nil, err
	}
	note, err := c.lines.note(count)
	if err != nil {
		return nil, err
	}
	head, _, err := openCheckpoint(note, c.registry.log(origin), cosigners)
	if err != nil {
		return nil, err
	}
	if head.size != int64(len(leaves)) || !bytes.Equal(head.root, treeHash(leaves)) {
		return nil, refusal("copy.root")
	}
	return head.cosigned, nil
}

// certificate checks the last two lines: the digest was read, of the bytes above it.
func (c *certifiedCopy) certificate(digest string, above []byte) error {
	if found := sha256.Sum256(above); digest != toBase64URL(found[:]) {
		return refusal("copy.digest")
	}
	text, err := c.lines.text("certified")
	if err != nil {
		return err
	}
	kid, spelled, _ := strings.Cut(text, " ")
	key, enrolled := c.registry.keys[kid]
	if !enrolled || key.person != c.registry.keeper {
		return refusal("copy.keeper")
	}
	signature, strict := fromBase64URL(spelled)
	statement := copyVersion + "\n" + digest + "\n"
	if !strict || !signatureHolds(key.public, []byte(statement), signature) {
		return refusal("copy.signature")
	}
	if !c.lines.atEnd() {
		return refusal("copy.end")
	}
	return nil
}

func verifyCopy(raw []byte) (reading, error) {
	c := &certifiedCopy{lines: container{kind: "copy", raw: raw}, roots: map[int64][]byte{}}
	if err := c.heading(); err != nil {
		return nil, err
	}
	first, err := c.log()
	if err != nil {
		return nil, err
	}
	if first.isLast || first.origin != c.process {
		return nil, refusal("copy.line")
	}
	cosigned, err := c.mainLog(first.size)
	if err != nil {
		return nil, err
	}
	chambers, awaited := map[string]int64{}, c.registry.chambers()
	for {
		above := raw[:c.lines.at]
		log, err := c.log()
		if err != nil {
			return nil, err
		}
		if log.isLast {
			read := reading{"size": len(c.main), "chambers": chambers, "cosigned": cosigned}
			return read, c.certificate(log.digest, above)
		}
		for len(awaited) > 0 && log.origin != c.process+"/"+awaited[0] {
			awaited = awaited[1:]
		}
		if len(awaited) == 0 {
			return nil, refusal("copy.log")
		}
		chambers[awaited[0]] = log.size
		awaited = awaited[1:]
		if err := c.chamber(log.origin, log.size); err != nil {
			return nil, err
		}
	}
}

func judgeCopy(v vector) (string, reading, error) {
	read, err := verifyCopy(v.raw())
	return "copy", read, err
}
