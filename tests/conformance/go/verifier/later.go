package main

// Acts after those of a snapshot (docs/specs/state-statement.md, "Later acts"). What the snapshot's state knows of keys and
// cosigners is taken from a replay bundle of its acts.

const laterVersion = "detente later acts v1"

// laterHeading reads what stands above the acts: how many they are, and the roots before them that are shown.
func (b *bundle) laterHeading() (acts int64, err error) {
	size := int64(len(b.main))
	version, err := b.lines.line()
	if err != nil {
		return 0, err
	}
	if string(version) != laterVersion {
		return 0, b.lines.fault("version")
	}
	process, err := b.lines.text("process")
	if err != nil {
		return 0, err
	}
	after, err := b.lines.numbered("after")
	if err != nil {
		return 0, err
	}
	if process != b.process {
		return 0, b.lines.fault("process")
	}
	if after != size {
		return 0, b.lines.fault("after")
	}
	if acts, err = b.lines.numbered("acts"); err != nil {
		return 0, err
	}
	return acts, b.earlier(size)
}

func (b *bundle) earlier(size int64) error {
	b.unshown, b.roots = size, map[int64][]byte{0: treeHash(nil)}
	count, err := b.lines.numbered("earlier")
	if err != nil {
		return err
	}
	for last := int64(0); count > 0; count-- {
		shown, err := b.lines.numbered("seen")
		if err != nil {
			return err
		}
		if shown <= last || shown >= size {
			return b.lines.fault("order")
		}
		path, err := b.lines.path()
		if err != nil {
			return err
		}
		if b.roots[shown], err = prefixRoot(shown, size, path, treeHash(b.main)); err != nil {
			return err
		}
		last = shown
	}
	return nil
}

func judgeLater(v vector) (string, reading, error) {
	b, _, err := verifyBundle(*v.Before)
	if err != nil {
		return "bundle", nil, err
	}
	before := int64(len(b.main))
	b.lines = container{kind: "later", raw: v.raw()}
	acts, err := b.laterHeading()
	if err != nil {
		return "later", nil, err
	}
	if err := b.read(before+1, before+acts); err != nil {
		return "later", nil, err
	}
	read, err := b.end()
	return "later", read, err
}
